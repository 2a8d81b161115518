"""Finds picture files that end before their picture does, of the formats that are passed on as they are.

| format | its end                                                   | source             |
| JPEG   | the marker EOI behind the last scan, whatever follows     | ITU-T T.81, B.1.1  |
| PNG    | the chunk IEND                                            | PNG 3rd edition, 5 |
| GIF    | the trailer, the last byte that is not padding            | GIF89a, 27         |
| WebP   | the size that the RIFF header declares                    | RFC 9649, 2.4      |

Browsers show the part that is there, and nobody learns that there is more.
"""


def is_cut(data: bytes) -> bool:
    """Return whether the rest of a picture is missing; False for other formats."""
    match data[:4]:
        case b"\x89PNG":
            return b"IEND" not in data
        case b"GIF8":
            return not data.rstrip(b"\0").endswith(b";")
        case b"RIFF":
            return int.from_bytes(data[4:8], "little") + 8 > len(data)
        case _:
            return data[:2] == b"\xff\xd8" and data.rfind(b"\xff\xd9") < data.rfind(b"\xff\xda")
