"""Questions over a screen: a choice, a line to type, help, work that takes a while."""
