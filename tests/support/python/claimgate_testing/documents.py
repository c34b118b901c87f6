"""The configurations that the documents show and that are shipped."""

import re

from .process import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = sorted((ROOT / "config/examples").glob("*.yaml"))
PACKAGED = ROOT / "deploy/gateway.example.yaml"
ENVIRONMENT = {"API_SECRET": "0123456789abcdef0123456789abcdef"}
BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)

# What a block that shows a part leaves out.
REST = {
    "listeners": "listeners: [{ bind: 127.0.0.1:8080 }]\n",
    "issuers": "issuers: { keycloak: { issuer: 'https://id.example.com/realms/shop', audience: shop-api } }\n",
    "upstreams": "upstreams: { orders: { targets: ['http://127.0.0.1:8081'] } }\n",
    "routes": "routes: [{ path: /health, upstream: orders, access: public }]\n",
}


def whole(part):
    """A whole configuration: `part`, and below it whatever else one needs."""
    return part + "".join(rest for key, rest in REST.items() if not re.search(rf"^{key}:", part, re.MULTILINE))


def blocks():
    """Each YAML block of the documents, with a name."""
    for page in PAGES:
        for number, match in enumerate(BLOCK.finditer(page.read_text()), 1):
            yield f"{page.name}-{number}", match.group(1)
