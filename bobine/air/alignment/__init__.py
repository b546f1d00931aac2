"""Find where one recording of a show lies in another: the station's air check beside what the studio recorded.

Compressors, equalisers, phase rotators and codecs change a waveform but not the rhythm of loud and soft: two recordings
are compared by the shape of their energy, first as wholes, then window by window; a straight line through what the
windows say gives the offset and the drift of the clocks. What no window explains is searched again: where one of them
lacks a part, or has one more, each piece has its offset, and the break between two is placed where both agree best.
"""
