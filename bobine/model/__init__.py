"""What a show is: frozen values and the rules that bind them. No clock, no file, no process, no third-party library."""
