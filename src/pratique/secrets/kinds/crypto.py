"""
Keys of wallets, and credentials of exchanges and chain services.

Source: https://en.bitcoin.it/wiki/Wallet_import_format, BIP 32 and 39,
https://stellar.org/protocol/sep-23, https://github.com/nostr-protocol/nips/blob/master/19.md.
"""

from functools import partial
from random import Random

from pratique.model.severity import Severity
from pratique.secrets.checksums import (
    base58check,
    base58check_made,
    bech32,
    bech32_made,
    stellar_made,
    stellar_seed,
    wallet_key,
)
from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.samples import seeded, text
from pratique.secrets.shapes import shape

NAME = "crypto"
_MOVE = "move the funds to a wallet whose key was never written down here"
_KUCOIN = "www.kucoin.com/account/api"
_BITTREX = "the exchange closed in 2023; still, remove it"
_SETTLEMINT = "console.settlemint.com, Access tokens"


def _wif(random: Random) -> bytes:
    return b"\x80" + random.randbytes(32) + b"\x01"


def _xprv(random: Random) -> bytes:
    return bytes.fromhex("0488ade4") + random.randbytes(41) + b"\0" + random.randbytes(32)


def _wallet(number: int) -> str:
    return "wallet_key = " + base58check_made(_wif)(seeded("bitcoin-private-key", number)) + "\n"


def _seed(number: int) -> str:
    return "STELLAR_SECRET=" + stellar_made(seeded("stellar-secret-seed", number)) + "\n"


_PHRASE = shape(" ".join(["{az:5}"] * 12))

KINDS = (
    pattern(
        "bitcoin-private-key",
        "Bitcoin private key",
        rb"(?i:priv(?:ate)?_?key|wif|wallet|bitcoin|btc)[\w.-]{0,24}[\"']?\]?[ \t]{0,4}[=:,(][ \t]{0,4}[\"']?(?P<secret>[5KLc9][1-9A-HJ-NP-Za-km-z]{50,51})(?![0-9A-Za-z+/=])",
        keywords=(b"priv", b"wif", b"wallet", b"bitcoin", b"btc"),
        check=wallet_key,
        severity=Severity.CRITICAL,
        rotate=_MOVE,
        true=tuple(Sample(make=partial(_wallet, n)) for n in (1, 2)),
        false=(
            Sample(make=text("wallet_key = K{0}\n", "wif", shape("{base58:51}"))),
            Sample(make=lambda: "wallet_key = K" + "x" * 51 + "\n"),
        ),
    ),
    token(
        "bip32-private-key",
        "Extended private key of a wallet",
        "{xprv|yprv|zprv|tprv}{base58:107-108}",
        check=base58check,
        make=base58check_made(_xprv),
        severity=Severity.CRITICAL,
        rotate=_MOVE,
    ),
    pattern(
        "wallet-seed-phrase",
        "Seed phrase of a wallet",
        rb"(?i:mnemonic|seed_?phrase|recovery_?phrase)[\w]{0,12}[\"']?\]?\s{0,4}[=:]\s{0,4}[\"'](?P<secret>(?:[a-z]{3,8} ){11}[a-z]{3,8}(?:(?: [a-z]{3,8}){3}){0,4})[\"']",
        keywords=(b"mnemonic", b"phrase"),
        entropy=3.3,
        severity=Severity.CRITICAL,
        rotate=_MOVE,
        true=tuple(
            Sample(make=text(name + ' = "{0}"\n', name, _PHRASE))
            for name in ("MNEMONIC", "seed_phrase")
        ),
        false=(
            Sample(make=lambda: 'mnemonic = "' + "test " * 11 + 'junk"\n'),
            Sample(make=lambda: 'mnemonic = "a short sentence"\n'),
        ),
    ),
    pattern(
        "ethereum-private-key",
        "Ethereum private key",
        rb"(?i:private_?key|priv_?key|deployer_?key|wallet_?key|signer_?key|secret_?key)[\"']?\]?[ \t]{0,4}[=:,][ \t]{0,4}[\"']?(?P<secret>0x[0-9a-fA-F]{64})(?![0-9A-Za-z])",
        keywords=(b"key",),
        entropy=3.2,
        severity=Severity.CRITICAL,
        rotate=_MOVE,
        true=tuple(
            Sample(make=text(name + "=0x{0}\n", name, shape("{hex:64}")))
            for name in ("PRIVATE_KEY", "deployerKey")
        ),
        false=(
            Sample(make=text("PUBLIC_HASH=0x{0}\n", "eth3", shape("{hex:64}"))),
            Sample(make=lambda: "PRIVATE_KEY=0x" + "0" * 64 + "\n"),
        ),
    ),
    pattern(
        "stellar-secret-seed",
        "Stellar secret seed",
        rb"(?i:stellar|secret|seed|xlm)[\w.-]{0,24}[\"']?\]?[ \t]{0,4}[=:,(][ \t]{0,4}[\"']?(?P<secret>S[A-Z2-7]{55})(?![0-9A-Za-z])",
        keywords=(b"stellar", b"secret", b"seed", b"xlm"),
        check=stellar_seed,
        severity=Severity.CRITICAL,
        rotate=_MOVE,
        true=tuple(Sample(make=partial(_seed, n)) for n in (1, 2)),
        false=(
            Sample(make=text("STELLAR_SECRET=S{0}\n", "xlm", shape("{base32:55}"))),
            Sample(make=lambda: "STELLAR_SECRET=S" + "A" * 55 + "\n"),
        ),
    ),
    token(
        "nostr-private-key",
        "Nostr private key",
        "nsec1{bech32:58}",
        check=bech32,
        make=bech32_made("nsec"),
        rotate="announce a new key",
        severity=Severity.MEDIUM,
    ),
    token(
        "tezos-secret-key",
        "Tezos secret key",
        "{edsk}{base58:50}",
        "{edsk}{base58:94}",
        check=base58check,
        make=base58check_made(lambda random: bytes.fromhex("0d0f3a07") + random.randbytes(32)),
        severity=Severity.CRITICAL,
        rotate=_MOVE,
    ),
    assigned(
        "coinbase-access-token",
        "Coinbase access token",
        ("coinbase",),
        "{url:64}",
        rotate="www.coinbase.com/settings/api",
    ),
    assigned(
        "kraken-access-token",
        "Kraken private key",
        ("kraken",),
        "{b64:86}==",
        rotate="www.kraken.com/u/security/api",
    ),
    assigned(
        "kraken-api-key",
        "Kraken API key",
        ("kraken",),
        "{b64:56}",
        entropy=3.7,
        rotate="www.kraken.com/u/security/api",
    ),
    assigned(
        "kucoin-access-token",
        "KuCoin API key",
        ("kucoin",),
        "{hex:24}",
        entropy=2.9,
        rotate=_KUCOIN,
    ),
    assigned("kucoin-secret-key", "KuCoin API secret", ("kucoin",), "{uuid}", rotate=_KUCOIN),
    assigned(
        "bittrex-access-key",
        "Bittrex API key",
        ("bittrex",),
        "{lower:32}",
        name="access|api_?key|key",
        severity=Severity.LOW,
        rotate=_BITTREX,
    ),
    assigned(
        "bittrex-secret-key",
        "Bittrex API secret",
        ("bittrex",),
        "{lower:32}",
        name="secret",
        severity=Severity.LOW,
        rotate=_BITTREX,
    ),
    assigned(
        "binance-api-key",
        "Binance API key or secret",
        ("binance",),
        "{alnum:64}",
        rotate="www.binance.com/my/settings/api-management",
    ),
    assigned(
        "bitfinex-api-key",
        "Bitfinex API key or secret",
        ("bitfinex",),
        "{alnum:43}",
        rotate="setting.bitfinex.com/api",
    ),
    assigned(
        "etherscan-api-key",
        "Etherscan API key",
        ("etherscan", "bscscan", "polygonscan", "arbiscan", "snowtrace"),
        "{upper:34}",
        severity=Severity.LOW,
        rotate="etherscan.io/myapikey",
    ),
    token(
        "infura-url",
        "Infura endpoint with its key",
        "infura.io/v3/{hex:32}",
        severity=Severity.MEDIUM,
        rotate="app.infura.io",
    ),
    assigned(
        "infura-api-key",
        "Infura API key or secret",
        ("infura",),
        "{hex:32}",
        rotate="app.infura.io",
    ),
    token(
        "alchemy-url",
        "Alchemy endpoint with its key",
        "g.alchemy.com/v2/{url:32}",
        severity=Severity.MEDIUM,
        rotate="dashboard.alchemy.com/apps",
    ),
    assigned(
        "alchemy-api-key",
        "Alchemy API key",
        ("alchemy",),
        "{url:32}",
        rotate="dashboard.alchemy.com/apps",
    ),
    assigned(
        "blockfrost-api-key",
        "Blockfrost project key",
        ("blockfrost",),
        "{mainnet|preprod|preview|testnet}{alnum:32}",
        rotate="blockfrost.io/dashboard",
    ),
    token(
        "settlemint-application-access-token",
        "SettleMint application token",
        "sm_aat_{alnum:16}",
        rotate=_SETTLEMINT,
    ),
    token(
        "settlemint-personal-access-token",
        "SettleMint personal token",
        "sm_pat_{alnum:16}",
        rotate=_SETTLEMINT,
    ),
    token(
        "settlemint-service-access-token",
        "SettleMint service token",
        "sm_sat_{alnum:16}",
        rotate=_SETTLEMINT,
    ),
)
