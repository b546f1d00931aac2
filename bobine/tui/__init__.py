"""The screens, a folder each; ``kit/`` holds what they share, and the modules here the application around them."""
