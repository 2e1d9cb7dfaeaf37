"""From pretix' JSON to the members of facts: pure functions, one file a resource."""
