"""Writes derived.txt beside it: pickles of values of derived and of Python's own classes.

Run with CPython 3.11: python3 derived.py > derived.txt
Each row: protocol, pickle, expression, and what it is to be read as, in Python's notation.
"""
import collections, datetime, decimal, enum, fractions, http, pickle, sys, types, uuid

mod = types.ModuleType("game")
exec('''
import enum, collections
class Colour(enum.Enum):
    RED = 1
    BLUE = "blue"
    PAIR = (1, 2)
class Level(enum.IntEnum):
    LOW = 1
    HIGH = 2
class Word(str, enum.Enum):
    YES = "yes"
class Flag(enum.Flag):
    A = 1
    B = 2
class Hp(int): pass
class Name(str): pass
class Ratio(float): pass
class Raw(bytes): pass
class Row(list): pass
class Table(dict): pass
class Pair(tuple): pass
class Bag(set): pass
class Ice(frozenset): pass
class Ordered(collections.OrderedDict): pass
Point = collections.namedtuple("Point", "x y")
class Thing:
    def __init__(self): self.size = 1
class Outer:
    class Inner(enum.Enum):
        ONE = 1
named = Hp(7)
named.note = "seven"
''', mod.__dict__)
for value in list(vars(mod).values()):
    if isinstance(value, type) and value.__module__ != "enum":
        value.__module__ = "game"
mod.Outer.Inner.__module__ = "game"
sys.modules["game"] = mod
globals().update({k: v for k, v in vars(mod).items() if not k.startswith("_")})
utc = datetime.timezone.utc
east = datetime.timezone(datetime.timedelta(hours=5, minutes=30))
west = datetime.timezone(-datetime.timedelta(hours=3))

# expression: as what it is read, in Python's notation
ROWS = {
    "http.HTTPStatus.OK": "200",
    "{http.HTTPStatus.OK: 'a', http.HTTPStatus.NOT_FOUND: 'b'}": "{200: 'a', 404: 'b'}",
    "[Colour.RED, Colour.BLUE, Colour.PAIR]": "[1, 'blue', (1, 2)]",
    "[Level.HIGH, Word.YES, Flag.A | Flag.B]": "[2, 'yes', 3]",
    "Outer.Inner.ONE": "1",
    "{Colour.RED: 'a', 1: 'b'}": "{<game.Colour(1)>: 'a', 1: 'b'}",
    "{1: 'b', Colour.RED: 'a'}": "{1: 'b', <game.Colour(1)>: 'a'}",
    "{Thing(): 1, Thing(): 2, Thing(): 3}":
        "{<game.Thing>: 1, <game.Thing 2>: 2, <game.Thing 3>: 3}",
    "[Hp(5), named, Name('anna'), Ratio(0.5), Raw(b'xy')]": "[5, 7, 'anna', 0.5, b'xy']",
    "[Row([1, 2]), Table(a=1), Pair((1, 2)), Point(3, 4)]": "[[1, 2], {'a': 1}, (1, 2), (3, 4)]",
    "[Bag({1}), Ice({2}), frozenset({3}), {4}]": "[[1], [2], {3}, {4}]",
    "{frozenset({1}): 'a', frozenset({2}): 'b', (1, (2,)): 'c', Point(1, 2): 'd'}":
        "{{1}: 'a', {2}: 'b', (1, (2,)): 'c', (1, 2): 'd'}",
    "[collections.OrderedDict(a=1), Ordered(b=2), collections.Counter('aab')]":
        "[{'a': 1}, {'b': 2}, {'a': 2, 'b': 1}]",
    "[collections.defaultdict(list, {'a': [1]}), collections.deque([1, 2], 5)]":
        "[{'a': [1]}, [1, 2]]",
    "[collections.OrderedDict(), collections.deque(), collections.Counter(), set(), bytearray()]":
        "[{}, [], {}, set(), b'']",
    "[decimal.Decimal('1.5'), decimal.Decimal('12'), decimal.Decimal('0.1000000000000000055')]":
        "[1.5, 12, '0.1000000000000000055']",
    "[decimal.Decimal('NaN'), decimal.Decimal('1E+1000000000'), fractions.Fraction(1, 2)]":
        "['NaN', '1E+1000000000', '1/2']",
    "[datetime.date(2026, 1, 2), datetime.time(1, 2, 3), datetime.time(1, 2, 3, 4, utc)]":
        "['2026-01-02', '01:02:03', '01:02:03.000004+00:00']",
    "[datetime.datetime(2026, 11, 28, 5, 6, 7), datetime.datetime(999, 1, 1, 0, 0, 0, 5, east)]":
        "['2026-11-28 05:06:07', '0999-01-01 00:00:00.000005+05:30']",
    "[datetime.datetime(2026, 1, 1, tzinfo=west), east, utc]":
        "['2026-01-01 00:00:00-03:00', 'UTC+05:30', 'UTC']",
    "[datetime.timedelta(1, 2, 3), datetime.timedelta(hours=-1), datetime.timedelta(0)]":
        "['1 day, 0:00:02.000003', '-1 day, 23:00:00', '0:00:00']",
    "[uuid.UUID(int=5), uuid.UUID('12345678-9abc-def0-1234-56789abcdef0')]":
        "['00000000-0000-0000-0000-000000000005', '12345678-9abc-def0-1234-56789abcdef0']",
    "[bytearray(b'xy'), b'', b'ab\\xff']": "[b'xy', b'', b'ab\xff']",
    "[Thing(), Thing, dict, len]": "[<game.Thing>, <game.Thing>, <builtins.dict>, <builtins.len>]",
}
print("# Written by derived.py")
for expression, read in ROWS.items():
    for protocol in range(6):
        try:
            made = pickle.dumps(eval(expression), protocol)
        except (TypeError, AttributeError, pickle.PicklingError) as e:
            print("not in protocol", protocol, expression, e, file=sys.stderr)
            continue
        print(protocol, made.hex(), expression, read, sep="\t")
