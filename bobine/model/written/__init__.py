"""Values as people write them: days, durations, positions, names of sound inputs."""
