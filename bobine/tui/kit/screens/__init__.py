"""What the screens have in common, and what they see of the application."""
