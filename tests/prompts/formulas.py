"""Short ways to write prompt sets with expressions."""

from __future__ import annotations

from homevisit.prompts import addresses


def expression(text, **more):
    return {"valueExpression": {"language": "text/fhirpath", "expression": text, **more}}


def calculated(text, **more):
    return {"url": addresses.CALCULATED, **expression(text, **more)}


def enabling(text):
    return {"url": addresses.ENABLING, **expression(text)}


def initial(text):
    return {"url": addresses.INITIAL, **expression(text)}


def variable(name, text):
    return {"url": addresses.VARIABLE, **expression(text, name=name)}


def constraint(text, *, severity="error", human="Both must be the same."):
    parts = [
        {"url": "key", "valueId": "rule-1"},
        {"url": "severity", "valueCode": severity},
        {"url": "human", "valueString": human},
        {"url": "expression", "valueString": text},
    ]
    return {"url": addresses.CONSTRAINT, "extension": parts}


def answer_of(link):
    return f"%resource.descendants().where(linkId='{link}').answer.value"


def one(link, kind="integer", *extensions, **more):
    return {"linkId": link, "type": kind, **({"extension": list(extensions)} if extensions else {}), **more}


def at(*links):
    return tuple((link, 0) for link in links)


def whole(number):
    return {"valueInteger": number}
