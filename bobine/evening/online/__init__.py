"""What a workspace knows of its feed online: its live item, what it published before, when an episode goes out."""
