"""Who waits for what never comes waits a moment, a bounded number of times."""

from threading import Event, Thread, stack_size

from pratique.kit.aside import Aside


def test_what_comes_back():
    """Its answer is given, and a failure of the machine is none."""

    def fail():
        raise OSError

    aside = Aside(patience_s=30)

    assert aside.run(lambda: b"x", None) == b"x"
    assert aside.run(fail, b"none") == b"none"
    assert aside.given_up == 0


def test_what_does_not_come_back():
    """The caller goes on; beyond the bound nothing is begun, until one of them returns."""
    late, begun = Event(), []
    aside = Aside(patience_s=0.01, most=2)

    def hang():
        begun.append(1)
        late.wait(60)
        return "late"

    assert [aside.run(hang, "none") for _ in range(5)] == ["none"] * 5
    assert len(begun) == 2
    assert aside.given_up == 5

    late.set()
    patient = Aside(patience_s=30)
    assert patient.run(lambda: "soon", "none") == "soon"


def test_one_that_never_answers_keeps_nobody_else_from_being_asked():
    """It is not asked on and on either; once it answers it is asked again."""
    late, begun = Event(), Event()
    aside = Aside(patience_s=30, most_of_one=1)

    def hang():
        begun.set()
        late.wait(60)

    asking = Thread(target=lambda: aside.run(hang, None, "one"))
    asking.start()
    begun.wait(30)
    assert aside.run(lambda: "here", "none", "one") == "none"
    assert aside.run(lambda: "here", "none", "another") == "here"
    assert aside.given_up == 1

    late.set()
    asking.join(30)
    assert aside.run(lambda: "here", "none", "one") == "here"


def test_a_thread_that_cannot_begin():
    """It is given up and counted, and takes no place for ever."""
    aside = Aside(patience_s=30, most=1)
    before = stack_size(1 << 60)
    try:
        assert aside.run(lambda: "here", "none") == "none"
    finally:
        stack_size(before)

    assert aside.given_up == 1
    assert aside.run(lambda: "here", "none") == "here"
