"""Moving a workspace's podcast to another place, and taking one over."""
