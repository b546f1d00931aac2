"""Reports on A4 paper: the music log, speech times, attestations for partners."""
