"""From the end of the show to the listeners: waited for, put online whatever the network does, and heard."""
