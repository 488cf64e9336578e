"""Law: a function answers as Kubernetes' does, and raises rather than guess."""

import pytest
from cel_expr_python.cel import Type

from pratique.policy.cel.compiling import environment


@pytest.mark.parametrize(
    "expression",
    [
        'quantity("1Gi").isGreaterThan(quantity("1G"))',
        'quantity("200M").compareTo(quantity("0.2G")) == 0',
        'quantity("1k").add(quantity("24")).asInteger() == 1024',
        'quantity("50m").sign() == 1 && !quantity("50m").isInteger()',
        '!isQuantity("1.2.3") && isQuantity("-3")',
        'semver("1.10.0").isGreaterThan(semver("1.9.9"))',
        'semver("1.0.0-rc.1").isLessThan(semver("1.0.0"))',
        'semver("2.3.4").minor() == 3 && !isSemver("1.2")',
        'cidr("10.0.0.0/8").containsIP("10.1.2.3")',
        'cidr("10.0.0.0/8").containsCIDR("10.1.0.0/16")',
        '!cidr("10.1.0.0/16").containsCIDR(cidr("10.0.0.0/8"))',
        'cidr("192.168.1.7/24").masked().prefixLength() == 24',
        'ip("127.0.0.1").isLoopback() && ip("::1").family() == 6',
        'ip("10.0.0.1").isGlobalUnicast() && !ip("224.0.0.1").isGlobalUnicast()',
        '!ip.isCanonical("2001:DB8::1") && ip.isCanonical("2001:db8::1")',
        '!isIP("1.2.3") && !isCIDR("10.0.0.0")',
        'url("https://u:p@x.example:8443/a?b=c").getHost() == "x.example:8443"',
        'url("https://x.example:8443/a").getPort() == "8443" && !isURL("http://x:y")',
        '"my-app".isFormat("dns1123Label") && !"My_App".isFormat("dns1123Label")',
        '"v1.2.3-beta".find("[0-9]+") == "1"',
        '"a1b22".findAll("[0-9]+") == ["1", "22"] && "a1b2".findAll("[0-9]", 1) == ["1"]',
        '"glibc-2.36".rx("^glibc-[0-9.]+$") && !"x".rx("y")',
        "[1, 2, 3].sum() == 6 && [3, 1].min() == 1 && [3, 1].max() == 3",
        "[1, 2].isSorted() && ![2, 1].isSorted()",
        'rank("high") == 4 && rank("unknown") == 0',
        '"A,B".lowerAscii().split(",").join("-") == "a-b"',
        "math.greatest(1, 3) == 3",
        "optional.of(1).orValue(2) == 1",
    ],
)
def test_what_is_true_is_true(expression: str) -> None:
    value = environment("image").compile(expression).eval(data={})
    assert value.type() == Type.BOOL
    assert value.plain_value() is True


@pytest.mark.parametrize(
    "expression",
    [
        'quantity("lots").sign() == 1',
        'semver("1.2").major() == 1',
        'ip("fe80::1%eth0").isLoopback()',
        'cidr("10.0.0.0/33").prefixLength() == 33',
        'quantity("1").isGreaterThan(semver("1.0.0"))',
        'semver("1.0.0").isGreaterThan(quantity("1"))',
        'ip("1.1.1.1").getHost() == ""',
        '"x".isFormat("no-such-format")',
        '"x".rx("(")',
        '"x".rx("' + "a" * 1025 + '")',
        '["a", "b"].sum() == 1',
        'rank("terrible") == 5',
        "[].min() == 1",
    ],
)
def test_what_cannot_be_answered_is_an_error(expression: str) -> None:
    assert environment("image").compile(expression).eval(data={}).type() == Type.ERROR


def test_a_list_of_found_texts_is_bounded() -> None:
    text = "a" * 5000
    value = environment("image").compile('image.x.findAll("a").size()')
    assert value.eval(data={"image": {"x": text}}).plain_value() == 1000
