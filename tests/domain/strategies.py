"""Random tickets, lists, rules and scans."""

from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from eventdesk.domain.catalogue import Catalogue, CheckInList, Question, QuestionType
from eventdesk.domain.tickets import Admission, Direction, Order, OrderStatus, Presented, Ticket, Via
from eventdesk.domain.verdicts import Scan
from tests.domain.builders import CATALOGUE, NOON

moments = st.integers(-3000, 3000).map(lambda minutes: NOON + timedelta(minutes=minutes))
nonces = st.sampled_from(["", "n1", "n2"])
desks = st.sampled_from(["desk1", "desk2"])

_plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 200),
    st.floats(),
    st.sampled_from(["x", "1", "now", "", "custom"]),
)
_VARIABLES = """
    now now_isoweekday product variation gate entries_number entries_today entries_days entry_status
    minutes_since_last_entry minutes_since_first_entry unknown now.year ."""
_OPERATORS = """
    < <= > >= == != === !== ! !! and or if ?: + - * / min max in cat substr merge count map filter all
    some none reduce missing missing_some isBefore isAfter inList objectList lookup buildTime entries_since
    entries_before entries_days_since entries_days_before var nonsense"""
_variables = st.sampled_from(["", *_VARIABLES.split()])
_operators = st.sampled_from(_OPERATORS.split())
_times = st.sampled_from(
    [
        {"buildTime": ["custom", "2026-06-10T11:00:00+02:00"]},
        {"buildTime": ["custom", "2026-06-10T11:00:00"]},
        {"buildTime": ["customtime", "11:30"]},
        {"buildTime": ["customtime", "soon"]},
        {"buildTime": ["date_from"]},
        {"buildTime": "date_to"},
        {"buildTime": ["date_admission"]},
        {"buildTime": []},
    ]
)
_leaves = st.one_of(_plain, _times, _variables.map(lambda name: {"var": name}), st.just({}))


def _grown(parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    arguments = st.one_of(st.lists(parts, max_size=3), parts)
    return st.tuples(_operators, arguments).map(lambda pair: {pair[0]: pair[1]})


rules = st.one_of(st.none(), st.recursive(_leaves, _grown, max_leaves=12))

_directions = st.sampled_from(Direction)


@st.composite
def passes(draw: st.DrawFn, ticket: str = "ticket") -> tuple[Admission, ...]:
    drawn = draw(
        st.lists(
            st.tuples(_directions, moments, nonces, desks, st.sampled_from(["door", "other"])), max_size=5
        )
    )
    return tuple(
        Admission(f"{ticket}-{n}", ticket, list_, direction, at, f"{n:04}", desk, nonce=nonce)
        for n, (direction, at, nonce, desk, list_) in enumerate(drawn)
    )


orders = st.builds(
    Order,
    st.just("order"),
    st.just("ABC"),
    st.sampled_from(OrderStatus),
    st.booleans(),
    st.booleans(),
)


@st.composite
def tickets(draw: st.DrawFn, id_: str = "ticket") -> Ticket:
    order = draw(orders)
    addons = tuple(
        Ticket(f"addon{n}", order, f"addon {n}", draw(st.sampled_from(["adult", "child"])), addon_to=id_)
        for n in range(draw(st.integers(0, 2)) if id_ == "ticket" else 0)
    )
    return Ticket(
        id_,
        order,
        f"code of {id_}",
        draw(st.sampled_from(["adult", "child"])),
        variation=draw(st.sampled_from([None, "red"])),
        session=draw(st.sampled_from([None, "day1", "day2", "gone"])),
        canceled=draw(st.booleans()) and draw(st.booleans()),
        blocked=draw(st.booleans()) and draw(st.booleans()),
        valid_from=draw(st.none() | moments),
        valid_until=draw(st.none() | moments),
        addons=addons,
        admissions=draw(passes(id_)),
        answers=draw(st.dictionaries(st.sampled_from(["q1", "q2"]), st.just("known"), max_size=2)),
    )


@st.composite
def presentations(draw: st.DrawFn) -> Presented:
    via = draw(st.sampled_from(Via))
    ticket = None if via is Via.NOTHING else draw(tickets())
    others = (draw(tickets("ticket2")),) if via is Via.MEDIUM and draw(st.booleans()) else ()
    return Presented("code", via, ticket, others=others, medium_active=draw(st.booleans()))


doors = st.builds(
    CheckInList,
    st.just("door"),
    st.just("Main door"),
    all_products=st.booleans(),
    products=st.frozensets(st.sampled_from(["adult", "child"])),
    session=st.sampled_from([None, None, "day1", "gone"]),
    include_pending=st.booleans(),
    allow_multiple_entries=st.booleans(),
    allow_entry_after_exit=st.booleans(),
    addon_match=st.booleans(),
    rules=rules,
)

_answers = st.one_of(
    _plain, st.lists(_plain, max_size=2), st.sampled_from(["true", "2026-02-03", "DE", "10:30"])
)

scans = st.builds(
    Scan,
    moments,
    _directions,
    desks,
    st.sampled_from([None, "north", "gone"]),
    nonces,
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.dictionaries(st.sampled_from(["q1", "q2"]), _answers, max_size=2),
)


@st.composite
def catalogues(draw: st.DrawFn) -> Catalogue:
    questions = {
        id_: Question(
            id_,
            id_,
            draw(st.sampled_from(QuestionType)),
            draw(st.booleans()),
            ask_during_checkin=True,
            products=frozenset({"adult"}),
        )
        for id_ in draw(st.sampled_from([(), (), ("q1",), ("q1", "q2")]))
    }
    return Catalogue(
        CATALOGUE.event,
        CATALOGUE.sessions,
        CATALOGUE.products,
        CATALOGUE.lists,
        questions,
        CATALOGUE.gates,
    )
