import pytest
from hypothesis import given
from hypothesis import strategies as st

from bobine.master.encoding import ogg


@given(st.lists(st.binary(min_size=1, max_size=600), min_size=1, max_size=120))
def test_packets_survive_the_container(packets: list[bytes]) -> None:
    stream = ogg.read_packets(b"".join(ogg.stream_pages(packets, len(packets), 312, len(packets) * 960)))
    assert stream.packets == packets
    assert stream.pre_skip == 312


def test_what_is_no_opus_is_refused() -> None:
    with pytest.raises(ValueError):
        ogg.read_packets(b"ID3\x03nothing of the sort" * 20)
