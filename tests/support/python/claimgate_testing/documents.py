"""The configurations that the documents show and that are shipped."""

import re

from .process import ROOT

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
EXAMPLES = sorted((ROOT / "config/examples").glob("*.yaml"))
PACKAGED = ROOT / "deploy/gateway.example.yaml"
ENVIRONMENT = {"ADMIN_TOKEN": "0123456789abcdef0123456789abcdef", "API_SECRET": "0123456789abcdef0123456789abcdef"}
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


def yaml_blocks(page):
    for number, match in enumerate(BLOCK.finditer(page.read_text()), 1):
        yield f"{page.name}-{number}", match.group(1)


def is_tests(block):
    """Whether it is a file of policy tests, and no configuration."""
    return re.search(r"^tests:", block, re.MULTILINE) is not None


def blocks():
    """Each configuration in the documents, with a name."""
    for page in PAGES:
        for name, block in yaml_blocks(page):
            if not is_tests(block):
                yield name, block


def test_blocks():
    """Each file of policy tests in the documents, with a name and the configuration that stands before it."""
    for page in PAGES:
        configuration = None
        for name, block in yaml_blocks(page):
            if is_tests(block):
                yield name, configuration, block
            else:
                configuration = block
