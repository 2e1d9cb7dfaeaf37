"""Fields of the designer's panel: a caption, a control, and beneath it what is wrong."""
