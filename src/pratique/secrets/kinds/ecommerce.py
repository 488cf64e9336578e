"""Credentials of shops and market places."""

from pratique.secrets.declare import assigned, pattern, token
from pratique.secrets.interface import Sample
from pratique.secrets.samples import text
from pratique.secrets.shapes import shape

NAME = "ecommerce"
_SHOPIFY = "Shopify admin, Settings, Apps and sales channels"
_MIXED = shape("sk_{alnum:8}#{alnum:6}&@{alnum:12}")

KINDS = (
    token("shopify-access-token", "Shopify access token", "shpat_{hexes:32}", rotate=_SHOPIFY),
    token(
        "shopify-custom-access-token",
        "Shopify custom app token",
        "shpca_{hexes:32}",
        rotate=_SHOPIFY,
    ),
    token(
        "shopify-private-app-access-token",
        "Shopify private app token",
        "shppa_{hexes:32}",
        rotate=_SHOPIFY,
    ),
    token("shopify-shared-secret", "Shopify shared secret", "shpss_{hexes:32}", rotate=_SHOPIFY),
    token(
        "shopify-storefront-token",
        "Shopify partner or user token",
        "{shpua|shptka|shprt|shppat|shpit}_{hexes:32}",
        rotate=_SHOPIFY,
    ),
    assigned(
        "etsy-access-token",
        "Etsy API key",
        ("etsy",),
        "{lower:24}",
        rotate="www.etsy.com/developers/your-apps",
    ),
    assigned(
        "squarespace-access-token",
        "Squarespace API key",
        ("squarespace",),
        "{uuid}",
        rotate="Squarespace, Settings, Developer tools",
    ),
    token(
        "woocommerce-key",
        "WooCommerce consumer key or secret",
        "{ck|cs}_{hex:40}",
        rotate="WooCommerce, Settings, Advanced, REST API",
    ),
    assigned(
        "bigcommerce-access-token",
        "BigCommerce access token",
        ("bigcommerce", "x-auth-token"),
        "{lower:31}",
        rotate="BigCommerce, Settings, API accounts",
    ),
    assigned(
        "ebay-cert-id",
        "eBay cert id",
        ("ebay",),
        "{PRD|SBX}-{hex:12}-{hex:4}-{hex:4}-{hex:4}-{hex:4}",
        rotate="developer.ebay.com/my/keys",
    ),
    assigned(
        "commercetools-client-secret",
        "commercetools client secret",
        ("commercetools", "ctp-client"),
        "{url:32}",
        name="secret",
        rotate="mc.commercetools.com, Developer settings",
    ),
    assigned(
        "printful-token",
        "Printful token",
        ("printful",),
        "{alnum:40}",
        rotate="developers.printful.com/tokens",
    ),
    assigned(
        "walmart-client-secret",
        "Walmart client secret",
        ("walmart",),
        "{url:80-100}",
        name="secret",
        rotate="developer.walmart.com",
    ),
    pattern(
        "freemius-secret-key",
        "Freemius secret key",
        rb"[\"']secret_key[\"']\s{0,8}=>\s{0,8}[\"'](?P<secret>sk_[^\s\"']{29})[\"']",
        keywords=(b"secret_key",),
        paths=("*.php",),
        rotate="dashboard.freemius.com, Settings, Keys",
        true=tuple(
            Sample(
                make=text("array(\n  'secret_key' => '{0}',\n);\n", f"fm{n}", _MIXED),
                path="app/plugin.php",
                line=2,
            )
            for n in (1, 2)
        ),
        false=(
            Sample(
                make=text("array('secret_key' => '{0}');\n", "fm3", _MIXED), path="app/plugin.html"
            ),
            Sample(
                make=text("array('other_key' => '{0}');\n", "fm4", _MIXED), path="app/plugin.php"
            ),
        ),
    ),
)
