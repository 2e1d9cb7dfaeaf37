"""The operators of JSON logic, by the examples of its public description and the coercions agreed on."""

from typing import Any

import pytest

from eventdesk.domain.jsonlogic import Logic

LOGIC = Logic({"double": lambda a: a * 2})


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({"==": [1, 1]}, True),
        ({"==": [1, "1"]}, True),
        ({"==": [0, False]}, True),
        ({"===": [1, "1"]}, False),
        ({"!=": [1, "1"]}, False),
        ({"!==": [1, "1"]}, True),
        ({"<": [1, 2, 3]}, True),
        ({"<": [1, 4, 3]}, False),
        ({"<=": [1, 1, 3]}, True),
        ({">": [2, 1]}, True),
        ({">=": ["2", 2]}, True),
        ({"<": [1, "x"]}, False),
        ({"<": [None, 1]}, False),
        ({"!": [True]}, False),
        ({"!": True}, False),
        ({"!!": ["0"]}, True),
        ({"and": [True, "a", 3]}, 3),
        ({"and": []}, True),
        ({"or": [False, "a"]}, "a"),
        ({"or": []}, False),
        ({"if": [False, 1, True, 2, 3]}, 2),
        ({"if": [False, 1, 3]}, 3),
        ({"if": [False, 1]}, None),
        ({"?:": [True, 1, 2]}, 1),
        ({"+": ["3.5", 2]}, 5.5),
        ({"-": [3, 2]}, 1),
        ({"-": "2"}, -2),
        ({"*": [2, "3"]}, 6.0),
        ({"/": [4, 2]}, 2.0),
        ({"%": [101, 2]}, 1),
        ({"min": [3, 1, 2]}, 1),
        ({"max": [3, 1, 2]}, 3),
        ({"in": ["Spring", "Springfield"]}, True),
        ({"in": [1, [1, 2]]}, True),
        ({"in": [1, 2]}, False),
        ({"cat": ["a", 1]}, "a1"),
        ({"substr": ["jsonlogic", 4]}, "logic"),
        ({"substr": ["jsonlogic", 4, 3]}, "log"),
        ({"merge": [1, [2, 3]]}, [1, 2, 3]),
        ({"count": [1, 0, "a"]}, 2),
        ({"log": ["a"]}, "a"),
        ({"double": [2]}, 4),
        ({"var": "a.b"}, 7),
        ({"var": "list.1"}, 20),
        ({"var": ["nothing", 5]}, 5),
        ({"missing": ["a", "z"]}, ["z"]),
        ({"missing_some": [1, ["a", "z"]]}, []),
        ({"missing_some": [2, ["a", "z"]]}, ["z"]),
        ({"map": [{"var": "list"}, {"+": [{"var": ""}, 1]}]}, [11, 21]),
        ({"filter": [{"var": "list"}, {">": [{"var": ""}, 15]}]}, [20]),
        ({"all": [{"var": "list"}, {">": [{"var": ""}, 5]}]}, True),
        ({"all": [[], True]}, False),
        ({"some": [{"var": "list"}, {">": [{"var": ""}, 15]}]}, True),
        ({"none": [{"var": "list"}, {">": [{"var": ""}, 25]}]}, True),
        ({"reduce": [{"var": "list"}, {"+": [{"var": "current"}, {"var": "accumulator"}]}, 0]}, 30),
        ("no rule", "no rule"),
        ({"__remark": "never mind", "==": [1, 1]}, True),
    ],
)
def test_an_operator(rule: Any, expected: object) -> None:
    result = LOGIC.apply(rule, {"a": {"b": 7}, "list": [10, 20]})
    assert result == expected
    assert type(result) is type(expected)
