import { InvalidInputError } from '@netspace/contracts';
import type { Redis } from 'ioredis';
import { serverProblem } from './server-problem.js';
import { within } from './within.js';

/** The variable of the environment that holds a password, which so stands in no list of processes. */
const passwordVariable = 'NETSPACE_QUEUE_PASSWORD';

const form = 'redis://[user[:password]@]host[:port][/database], or rediss:// for TLS';

/** Milliseconds that a server has to answer. */
const patienceOfOpening = 5000;

const usualPort = 6379;

/**
 * Where a queue is: a server of Redis or Valkey. Nothing that it prints or throws holds the password.
 *
 * @example
 * import { QueueAddress } from '@netspace/queue';
 * String(QueueAddress.of('rediss://lab:secret@queue.example/2')); // => 'rediss://lab@queue.example:6379/2'
 */
export class QueueAddress {
  readonly #password: string;

  private constructor(
    private readonly host: string,
    private readonly port: number,
    private readonly database: number,
    private readonly user: string,
    private readonly isEncrypted: boolean,
    password: string,
  ) {
    this.#password = password;
  }

  /**
   * Reads an address. Its password may be left out: it is then that of `NETSPACE_QUEUE_PASSWORD`, if any.
   *
   * @throws InvalidInputError where it is none; the text, which may hold a password, is not told.
   */
  static of(text: string, environment: NodeJS.ProcessEnv = process.env): QueueAddress {
    const url = URL.canParse(text) ? new URL(text) : undefined;
    if (url === undefined || !isAddress(url)) {
      throw new InvalidInputError({ key: '--queue', problem: 'got no address of a queue', expected: form });
    }
    const password = decoded(url.password) || (environment[passwordVariable] ?? '');
    const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const port = url.port === '' ? usualPort : Number(url.port);
    const database = Number(url.pathname.slice(1));
    return new QueueAddress(host, port, database, decoded(url.username), url.protocol === 'rediss:', password);
  }

  /** Without the password. */
  toString(): string {
    const user = this.user === '' ? '' : `${encodeURIComponent(this.user)}@`;
    const host = this.host.includes(':') ? `[${this.host}]` : this.host;
    const database = this.database === 0 ? '' : `/${this.database}`;
    return `${this.isEncrypted ? 'rediss' : 'redis'}://${user}${host}:${this.port}${database}`;
  }

  /** With the password, for a process of this one's own: not to be printed. */
  withPassword(): string {
    const credentials = `${encodeURIComponent(this.user)}:${encodeURIComponent(this.#password)}@`;
    const { protocol, host, pathname } = new URL(String(this));
    return `${protocol}//${this.#password === '' && this.user === '' ? '' : credentials}${host}${pathname}`;
  }

  /**
   * Connects. A connection that is lost later is made again, the more seldom the longer it takes; what is asked meanwhile
   * waits.
   *
   * @throws InvalidInputError within seconds where there is no server, it refuses the password, or it does not answer.
   */
  async connect(): Promise<Redis> {
    let isOpen = false;
    let problem: Error | undefined;
    // Loaded where there is a queue: most commands name one and use none.
    const ioredis = await import('ioredis');
    const redis = new ioredis.Redis({
      ...{ host: this.host, port: this.port, db: this.database, lazyConnect: true, connectTimeout: patienceOfOpening },
      ...(this.user === '' ? {} : { username: this.user }),
      ...(this.#password === '' ? {} : { password: this.#password }),
      ...(this.isEncrypted ? { tls: {} } : {}),
      maxRetriesPerRequest: null,
      retryStrategy: (times) => (isOpen ? backOff(times) : null),
    });
    redis.on('error', (error) => (problem ??= error));
    const opening = redis.connect().then(() => redis.ping());
    const answer = await within(2 * patienceOfOpening, opening);
    if (answer === 'PONG' && problem === undefined) {
      isOpen = true;
      return redis;
    }
    // One that has ended would be waited for.
    if (redis.status !== 'end') redis.disconnect();
    throw this.refusal(problem);
  }

  /**
   * Finds out whether the server can be used.
   *
   * @throws InvalidInputError as {@link connect}.
   */
  async check(): Promise<void> {
    (await this.connect()).disconnect();
  }

  /** An error as it may be told: those of the server hold what it was asked. */
  toldOf(error: unknown): unknown {
    return error instanceof Error && error.name === 'ReplyError' ? this.refusal(error) : error;
  }

  /** An error of the server, without what it was asked: that may hold the password. */
  refusal(error: Error | undefined): InvalidInputError {
    const { problem, expected } = serverProblem(error);
    const told = this.#password === '' ? problem : problem.replaceAll(this.#password, '***');
    return new InvalidInputError({
      key: '--queue',
      problem: `${String(this)}: ${told}`,
      ...(expected === undefined ? {} : { expected }),
    });
  }
}

/** Milliseconds until the next of so many attempts to connect again. */
function backOff(attempts: number): number {
  return Math.min(100 * 2 ** attempts, patienceOfOpening);
}

/** Whether a URL says nothing but where a server is, and which of its databases is meant. */
function isAddress({ protocol, hostname, pathname, search, hash }: URL): boolean {
  const isPlain = /^(\/\d{0,9})?$/.test(pathname) && search === '' && hash === '';
  return ['redis:', 'rediss:'].includes(protocol) && hostname !== '' && isPlain;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
