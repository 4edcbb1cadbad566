// A real provider of OpenID Connect for tests: certified software, with accounts that we make up.
// It asks nobody anything: who logs in is whom the test named last with GET /wie/<account>.
// Usage: node aanbieder.mjs <folder of oidc-provider> <address to return to>; prints its port.
import http from 'node:http';
import { pathToFileURL } from 'node:url';
import path from 'node:path';

const [pakket, terug] = process.argv.slice(2);
const { default: Provider } = await import(pathToFileURL(path.join(pakket, 'lib', 'index.js')));

const ACCOUNTS = {
  noor: { email_verified: true, name: 'Noor Voorbeeld' },
  vreemd: { email: 'vreemd@elders.example', email_verified: true },
  onbevestigd: { email: 'noor@voorbeeld.example', email_verified: false },
  zonder: {},
};
let wie = 'noor';
let aanbieder;

async function beantwoord(request, response) {
  const { pathname } = new URL(request.url, 'http://localhost');
  if (pathname.startsWith('/wie/')) {
    // the same person, known by another address from now on
    const verhuisd = pathname === '/wie/verhuisd';
    ACCOUNTS.noor.email = verhuisd ? 'nieuw@elders.example' : 'noor@voorbeeld.example';
    wie = verhuisd ? 'noor' : pathname.slice(5);
    return response.end(wie);
  }
  if (!pathname.startsWith('/vraag/')) return aanbieder.callback()(request, response);
  const { prompt, params, session } = await aanbieder.interactionDetails(request, response);
  if (prompt.name === 'login') {
    return aanbieder.interactionFinished(request, response, { login: { accountId: wie } });
  }
  const grant = new aanbieder.Grant({ accountId: session.accountId, clientId: params.client_id });
  grant.addOIDCScope(params.scope);
  const grantId = await grant.save();
  return aanbieder.interactionFinished(request, response, { consent: { grantId } }, { mergeWithLastSubmission: true });
}

const server = http.createServer((request, response) => {
  beantwoord(request, response).catch((fout) => {
    response.statusCode = 500;
    response.end(String(fout));
  });
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  aanbieder = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{
      client_id: 'kernregister',
      client_secret: 'geheim-van-de-proef',
      redirect_uris: [terug],
      response_types: ['code'],
      grant_types: ['authorization_code'],
    }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    cookies: { keys: ['proef'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_, vraag) => `/vraag/${vraag.uid}` },
    pkce: { required: () => true },
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, ...ACCOUNTS[id] }),
    }),
  });
  console.log(port);
});
