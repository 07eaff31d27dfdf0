"""Plain data between processes. Results of a program are rebuilt from it, never unpickled."""

# Not StopIteration: it would end a map() over the checks as if all had been made.
EXCEPTIONS = {
    kind.__name__: kind
    for kind in (
        Exception, ValueError, TypeError, KeyError, IndexError, ZeroDivisionError, ArithmeticError, AttributeError,
        AssertionError, NotImplementedError, OverflowError, RuntimeError, NameError, RecursionError,
        LookupError, UnicodeError, MemoryError,
    )
}


PLAIN = {bool, str, int, float, complex, bytes, list, tuple, set, frozenset, dict}
SUBCLASSES = (
    (dict, lambda value: dict(dict.items(value))),
    (tuple, lambda value: tuple(tuple.__iter__(value))),
    (list, lambda value: list(list.__iter__(value))),
    (set, lambda value: set(set.__iter__(value))),
    (frozenset, lambda value: frozenset(frozenset.__iter__(value))),
    (int, lambda value: int.__add__(value, 0)),
    (float, lambda value: float.__add__(value, 0.0)),
    (str, lambda value: str.__add__(value, "")),
)


def encode(value):
    """Plain data as tagged JSON. Of a subclass, such as a defaultdict or a named tuple, only the data is taken, no method."""
    kind = type(value)
    if kind not in PLAIN:
        for base, read in SUBCLASSES:
            if isinstance(value, base):
                value = read(value)
                kind = base
                break
    if value is None or kind in (bool, str):
        return value
    if kind is int:
        return {"i": hex(value)} if abs(value) >= 1 << 53 else value
    if kind is float:
        return {"f": value.hex()}
    if kind is complex:
        return {"c": [value.real.hex(), value.imag.hex()]}
    if kind is bytes:
        return {"b": value.hex()}
    if kind is list:
        return [encode(item) for item in value]
    if kind in (tuple, set, frozenset):
        return {"t" if kind is tuple else "s" if kind is set else "z": [encode(item) for item in value]}
    if kind is dict:
        return {"d": [[encode(key), encode(item)] for key, item in value.items()]}
    if kind.__name__ in ("generator", "range", "map", "filter", "zip", "dict_keys", "dict_values", "dict_items"):
        items = []
        for item in value:
            items.append(encode(item))
            if len(items) > 1000000:
                raise ValueError("too many items")
        return {"g": items}
    raise TypeError("the result is a %s, not plain data" % kind.__name__)


def decode(value):
    if isinstance(value, list):
        return [decode(item) for item in value]
    if not isinstance(value, dict):
        return value
    ((tag, body),) = value.items()
    if tag == "i":
        return int(body, 16)
    if tag == "f":
        return float.fromhex(body)
    if tag == "c":
        return complex(float.fromhex(body[0]), float.fromhex(body[1]))
    if tag == "b":
        return bytes.fromhex(body)
    if tag == "d":
        return {decode(key): decode(item) for key, item in body}
    if tag == "g":
        return iter([decode(item) for item in body])
    return {"t": tuple, "s": set, "z": frozenset}[tag](decode(item) for item in body)
