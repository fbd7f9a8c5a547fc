"""Runs w3c/feedvalidator on standard input; prints what it finds as a JSON array.

Usage: FEEDVALIDATOR=<checkout> python3 feed-validator.py URL CONTENT-TYPE < feed

It does what the validator does with a response from URL, but reaches for no network.
"""

import json
import os
import socket
import sys

sys.path.insert(0, os.path.join(os.environ["FEEDVALIDATOR"], "src"))
os.environ["LANGUAGE"] = "en"
sys.dont_write_bytecode = True

import feedvalidator
from feedvalidator import logging, mediaTypes, xmlEncoding
from feedvalidator.formatter.base import BaseFormatter

LEVELS = [(logging.Error, "error"), (logging.Warning, "warning"), (logging.Info, "info")]


def main():
    url, content_type = sys.argv[1:3]
    forbid_network()
    try:
        events = validate(sys.stdin.buffer.read(), url, content_type)
    except logging.ValidationFailure as failure:
        events = [failure.event]
    json.dump(findings(events), sys.stdout)


def validate(data, url, content_type):
    """The body of feedvalidator.validateURL after the fetch."""
    events = []
    media_type, charset = mediaTypes.checkValid(content_type, events)
    if len(data) > feedvalidator.MAXDATALENGTH:
        events.append(logging.ValidatorLimit({"limit": "feed length > %d bytes" % feedvalidator.MAXDATALENGTH}))
        return events
    mediaTypes.contentSniffing(media_type, data, events)
    encoding, text = xmlEncoding.decode(media_type, charset, data, events, fallback="utf-8")
    if text is None:
        return events
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    validator = feedvalidator._validate(text, 0, events, url, encoding, [url], mediaType=media_type)
    if validator.feedType:
        mediaTypes.checkAgainstFeedType(media_type, validator.feedType, validator.loggedEvents)
    return validator.loggedEvents


def forbid_network():
    """A mail address's host counts as known: the validator would look it up."""

    def refuse(*_):
        raise OSError("no network here")

    socket.gethostbyname = lambda host: "127.0.0.1"
    socket.getaddrinfo = refuse
    socket.socket.connect = refuse


def findings(events):
    """Each event that is no mere success, once: several handlers of one element may log the same."""
    formatter = BaseFormatter([])
    found = {}
    for event in events:
        level = next((name for kind, name in LEVELS if isinstance(event, kind)), None)
        if level is None:
            continue
        finding = {
            "level": level,
            "type": type(event).__name__,
            "line": event.params.get("line", 0),
            "column": event.params.get("column", 0),
            "message": formatter.getMessage(event),
        }
        found[json.dumps(finding)] = finding
    return list(found.values())


main()
