// A real identity provider for the tests: npm's oidc-provider over TLS, with client credentials and JWT access tokens.
//
//   node provider.mjs CERTIFICATE KEY
//
// Prints one line of JSON with its issuer when it listens. Beside the provider's own endpoints, POST /control/rotate makes new signing
// keys; the old ones stay published.

import './node18.mjs';

import { generateKeyPair, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { promisify } from 'node:util';
import { Provider } from 'oidc-provider';

const [certificate, key] = process.argv.slice(2);
const audience = 'orders-api';
const scopes = 'orders:read orders:write';

async function makeKey(alg) {
  const [type, options] = alg === 'RS256' ? ['rsa', { modulusLength: 2048 }] : ['ec', { namedCurve: 'P-256' }];
  const { privateKey } = await promisify(generateKeyPair)(type, options);
  return { ...privateKey.export({ format: 'jwk' }), kid: randomUUID(), use: 'sig', alg };
}

function client(id, alg) {
  return {
    client_id: id, client_secret: `${id}-secret`, grant_types: ['client_credentials'],
    redirect_uris: [], response_types: [], scope: scopes, 'urn:signed-with': alg,
  };
}

/// The client's name decides which algorithm signs its tokens.
function makeProvider(issuer, keys) {
  const provider = new Provider(issuer, {
    clients: [client('reports', 'RS256'), client('reports-es', 'ES256')],
    jwks: { keys },
    scopes: scopes.split(' '),
    extraClientMetadata: { properties: ['urn:signed-with'] },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (context, resource, client) => ({
          scope: scopes, audience, accessTokenTTL: 300, accessTokenFormat: 'jwt',
          jwt: { sign: { alg: client['urn:signed-with'] } },
        }),
      },
    },
    ttl: { ClientCredentials: 300 },
  });
  provider.on('server_error', (context, error) => console.error(error));
  return provider;
}

let keys = [await makeKey('RS256'), await makeKey('ES256')];
let issuer;
let serve;

function publish() {
  serve = makeProvider(issuer, keys).callback();
}

const options = { cert: readFileSync(certificate), key: readFileSync(key) };
const server = createServer(options, async (request, response) => {
  if (request.method !== 'POST' || request.url !== '/control/rotate') return serve(request, response);
  keys = [await makeKey('RS256'), await makeKey('ES256'), ...keys];
  publish();
  response.setHeader('content-type', 'application/json');
  return response.end(JSON.stringify({ kids: keys.map(({ kid }) => kid) }));
});

server.listen(0, '127.0.0.1', () => {
  issuer = `https://localhost:${server.address().port}`;
  publish();
  console.log(JSON.stringify({ issuer, port: server.address().port }));
});
process.on('SIGTERM', () => process.exit(0));
