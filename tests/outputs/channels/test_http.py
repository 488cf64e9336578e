"""Servers get every record; what they answer decides whether it is offered again."""

import json

import pytest

from pratique.outputs import falco_json, otlp
from pratique.outputs import json as ours
from pratique.outputs.channels.http import HttpChannel
from pratique.outputs.channels.interface import NotDelivered
from tests.makers.alerts import alert
from tests.makers.receiver import receiver


@pytest.fixture
def server():
    """Run a receiver."""
    with receiver() as made:
        yield made


def channel(server, form=ours, **headers):
    return HttpChannel(f"{server.url}/hook?key=1", form, headers=headers, environ={})


def records(count, form=ours):
    return [form.written(alert(sequence=number)) for number in range(count)]


def test_records_go_in_few_requests(server) -> None:
    """As many in one as the form allows, in order, with the headers that are for this server."""
    sent = channel(server, authorization="Bearer x")
    sent.send(records(450))
    sent.close()

    numbers = [one["sequence"] for body in server.bodies for one in json.loads(body)]
    assert numbers == list(range(450))
    assert len(server.bodies) == 3
    assert server.paths[0] == "/hook?key=1"
    assert server.headers[0]["authorization"] == "Bearer x"
    assert server.headers[0]["content-type"] == "application/json"


def test_falcos_receivers_get_one_object_a_request(server) -> None:
    """As Falco does it."""
    sent = channel(server, falco_json)
    sent.send(records(3, falco_json))
    sent.close()

    assert [json.loads(body)["rule"] for body in server.bodies] == [alert().rule] * 3


def test_a_collector_gets_one_request(server) -> None:
    """Of OTLP's shape."""
    sent = channel(server, otlp)
    sent.send(records(3, otlp))
    sent.close()

    (body,) = server.bodies
    assert len(json.loads(body)["resourceLogs"]) == 3


@pytest.mark.parametrize("status", [408, 429, 500, 503, 401, 403, 404])
def test_what_may_pass_is_tried_again(server, status) -> None:
    """Nothing is given up for a server that is busy or not set up yet."""
    server.answers = [status]
    sent = channel(server)

    with pytest.raises(NotDelivered) as caught:
        sent.send(records(2))
    sent.close()

    assert (caught.value.taken, caught.value.refused) == (0, False)


def test_a_server_that_asks_for_time_gets_it(server) -> None:
    """``Retry-After`` is handed on, bounded."""
    server.answers, server.more = [503, 503], {"retry-after": "7"}
    sent = channel(server)
    with pytest.raises(NotDelivered) as caught:
        sent.send(records(1))
    server.more = {"retry-after": "999999"}
    with pytest.raises(NotDelivered) as patient:
        sent.send(records(1))
    sent.close()

    assert caught.value.wait_s == 7.0
    assert patient.value.wait_s == 3600.0


def test_one_bad_record_does_not_take_the_others_with_it(server) -> None:
    """The rest of its request is offered alone; the one that is refused is named by its place."""
    server.refuses = lambda body: b'"sequence":3,' in body
    sent = channel(server)

    with pytest.raises(NotDelivered) as caught:
        sent.send(records(6))
    sent.close()

    assert (caught.value.taken, caught.value.refused) == (3, True)
    assert len(server.bodies) == 3


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_no_redirect_is_followed(server, status) -> None:
    """Alerts and their credentials go to the host they are for."""
    with receiver() as elsewhere:
        server.answers, server.more = [status], {"location": f"{elsewhere.url}/x"}
        sent = channel(server, authorization="Bearer x")
        with pytest.raises(NotDelivered) as caught:
            sent.send(records(1))
        sent.close()

        assert elsewhere.bodies == []
        assert not caught.value.refused


def test_nobody_there() -> None:
    """A server that is down has taken nothing; no key of the URL is told."""
    with receiver() as gone:
        url = gone.url
    sent = HttpChannel(f"{url}/hook?key=hidden", ours, headers={}, environ={})

    with pytest.raises(NotDelivered) as caught:
        sent.send(records(1))
    sent.close()

    assert "hidden" not in str(caught.value)
