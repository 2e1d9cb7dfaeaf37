"""What makes a node a hub: it brings its upstream's facts down and its desks' facts up."""
