/** A request as it would go out, but for what shows who asks. */
export type UnsignedRequest = {
  method: 'GET' | 'POST'
  /** With everything of `SignIn.query` in it. */
  url: URL
  contentType: string | null
  body: string | Buffer | null
}

/** How one connection signs in: what is the same for every request, and what must be made for each. */
export type SignIn = {
  /** Sent with every request: the operator's own and the key's. */
  headers: Readonly<Record<string, string>>
  /** `a=b&c=d`, to be part of every URL; may be empty. */
  query: string
  /** Headers to add to one request; null = nothing is computed. At once wherever nothing has to be fetched first. */
  sign: ((request: UnsignedRequest) => Record<string, string> | Promise<Record<string, string>>) | null
  /** Everything that goes out as a credential, for masking whatever quotes it. */
  credentials: () => string[]
}

/** The URL with a sign-in's query in it. */
export function withQuery(url: string, { query }: SignIn): string {
  if (query === '') return url
  return `${url}${url.includes('?') ? '&' : '?'}${query}`
}
