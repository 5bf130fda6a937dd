/** What is wrong with a server, and what would be right where that is known. */
interface ServerProblem {
  readonly problem: string;
  readonly expected?: string;
}

/** Problems by their error's message or code. */
const known: readonly (ServerProblem & { readonly error: RegExp })[] = [
  {
    error: /^NOAUTH/,
    problem: 'the server wants a password',
    expected: 'the password in the address or in NETSPACE_QUEUE_PASSWORD',
  },
  {
    error: /^(WRONGPASS|ERR invalid password)/,
    problem: 'the server refuses the user or the password',
    expected: 'the password in the address or in NETSPACE_QUEUE_PASSWORD',
  },
  {
    error: /ECONNREFUSED/,
    problem: 'nothing listens there',
    expected: 'a server of Redis or Valkey that runs',
  },
  { error: /ENOTFOUND|EAI_AGAIN/, problem: 'no such host is known' },
  {
    error: /^$|ETIMEDOUT/,
    problem: 'no answer within 5 s',
    expected: 'a server that can be reached; rediss:// where it speaks TLS, redis:// where it does not',
  },
];

/** Errors of Node.js about a certificate, by their code. */
const ofCertificates = /CERT|SIGNATURE|ISSUER/;

/** What an error of a connection says; without one, the server did not answer. */
export function serverProblem(error: (Error & { readonly code?: string }) | undefined): ServerProblem {
  const { message = '', code = '' } = error ?? {};
  const found = known.find((one) => one.error.test(message) || (code !== '' && one.error.test(code)));
  if (found !== undefined) return found;
  return ofCertificates.test(code)
    ? { problem: message, expected: 'the file of its authority in NODE_EXTRA_CA_CERTS' }
    : { problem: message };
}
