"""The OpenAPI description (3.1), made of the table of endpoints and the structs of the protocol."""

import re
from typing import Any

import msgspec

from sync import wire
from sync.server.http.bodies import PROBLEM_JSON
from sync.server.http.endpoints import ENDPOINTS, MOST_IN_PATH, Endpoint, Who

_REF = "#/components/schemas/{name}"
_PROBLEMS = {
    "400": "The body, the path or the query is not what it should be",
    "401": "No token, or none that is known now",
    "403": "This desk may not: `right`, `log` or `revoked`",
    "404": "There is no such thing",
    "405": "Not by this method",
    "408": "The body came too slowly",
    "413": "Too long",
    "415": "Not in this form",
    "429": "Too often: again after `Retry-After` seconds",
    "503": "Not now: again after `Retry-After` seconds",
}
_BASE64 = "^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$"
_QUERY = {"quarantine": ("after", "limit")}


def description(version: str) -> bytes:
    """As JSON."""
    schemas, components = msgspec.json.schema_components(_kinds(), ref_template=_REF)
    of = dict(zip(map(str, _kinds()), schemas, strict=True))
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint, of)
    return msgspec.json.encode(
        _plain(
            {
                "openapi": "3.1.0",
                "info": {"title": "EventDesk node", "version": version or "0"},
                "paths": paths,
                "components": {
                    "schemas": components,
                    "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
                    "responses": {status: _problem(words) for status, words in _PROBLEMS.items()},
                },
            }
        )
    )


def _kinds() -> list[Any]:
    kinds = [kind for one in ENDPOINTS for kind in (one.asks, one.answers)]
    found = [kind for kind in kinds if kind is not None and not isinstance(kind, str)]
    return list({str(kind): kind for kind in [*found, wire.Problem]}.values())


def _operation(endpoint: Endpoint, of: dict[str, Any]) -> dict[str, Any]:
    operation: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": endpoint.words,
        "description": f"Who: {endpoint.who.value}.",
        "parameters": [*_names(endpoint), *_numbers(endpoint)],
        "responses": {**_answers(endpoint, of), **_refusals(endpoint)},
    }
    if endpoint.asks is not None:
        content = {media: {"schema": of[str(endpoint.asks)]} for media in (wire.JSON, wire.MSGPACK)}
        operation["requestBody"] = {"required": True, "content": content}
    if endpoint.who is not Who.ANYONE:
        operation["security"] = [{"token": []}, {}] if endpoint.who is Who.NEAR else [{"token": []}]
    return operation


def _answers(endpoint: Endpoint, of: dict[str, Any]) -> dict[str, Any]:
    if endpoint.answers is None:
        return {"204": {"description": "Done"}}
    if endpoint.answers == wire.JSON:
        return {
            "200": {"description": endpoint.words, "content": {wire.JSON: {"schema": {"type": "object"}}}}
        }
    if isinstance(endpoint.answers, str):
        return {"200": {"description": endpoint.words, "content": {endpoint.answers: {}}}}
    schema = {"schema": of[str(endpoint.answers)]}
    content = {wire.JSON: schema, wire.MSGPACK: schema}
    return {"200": {"description": endpoint.words, "content": content}}


def _refusals(endpoint: Endpoint) -> dict[str, Any]:
    statuses = {"400", "404", "405", "429", "503"}
    if endpoint.who is not Who.ANYONE or endpoint.entry:
        statuses |= {"401", "403"}
    if endpoint.asks is not None:
        statuses |= {"403", "408", "413", "415"}
    return {status: {"$ref": f"#/components/responses/{status}"} for status in sorted(statuses)}


def _problem(words: str) -> dict[str, Any]:
    schema = {"schema": {"$ref": _REF.format(name="Problem")}}
    return {"description": words, "content": {PROBLEM_JSON: schema, wire.MSGPACK: schema}}


def _names(endpoint: Endpoint) -> list[dict[str, Any]]:
    schema = {"type": "string", "minLength": 1, "maxLength": MOST_IN_PATH, "pattern": r"^[^\x00-\x1f\x7f/]+$"}
    return [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name in re.findall(r"{(\w+)}", endpoint.path)
    ]


def _numbers(endpoint: Endpoint) -> list[dict[str, Any]]:
    schema = {"type": "integer", "minimum": 0, "maximum": 2**53}
    return [{"name": name, "in": "query", "schema": schema} for name in _QUERY.get(endpoint.name, ())]


def _plain(value: Any) -> Any:
    """Patterns end as ECMA-262 wants it: there, `$` without the flag is Python's `\\Z`."""
    if isinstance(value, dict):
        plain = {key: _plain(one) for key, one in value.items()}
        if plain.get("contentEncoding") == "base64":
            plain["pattern"] = _BASE64
        if isinstance(plain.get("pattern"), str):
            plain["pattern"] = plain["pattern"].replace(r"\Z", "$")
        return plain
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value
