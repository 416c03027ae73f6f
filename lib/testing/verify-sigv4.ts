import { createHash, createHmac } from 'node:crypto'

/** A request as a server received it. */
export type ReceivedRequest = {
  method: string
  /** Path and query as they stood on the wire. */
  target: string
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: string
}

/**
 * Whether a request is signed by AWS Signature Version 4 with this secret, computed anew from what arrived. Source: AWS
 * IAM user guide, "Create a signed AWS API request": canonical request, string to sign, derived key.
 */
export function isSignedBySigV4(
  request: ReceivedRequest,
  { secretAccessKey }: { secretAccessKey: string },
): boolean {
  const authorization = String(request.headers.authorization ?? '')
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      authorization,
    )
  if (parts === null) return false
  const [, , day = '', region = '', service = '', names = '', signature] = parts
  const [path = '/', query = ''] = request.target.split('?')
  const canonical = [
    request.method,
    // Every service but S3 encodes the path, as it stands on the wire, once more.
    path.split('/').map(encode).join('/'),
    query.split('&').filter(Boolean).sort().join('&'),
    ...names.split(';').map(
      (name) =>
        `${name}:${String(request.headers[name] ?? '')
          .trim()
          .replace(/ +/g, ' ')}`,
    ),
    '',
    names,
    sha256(request.body),
  ].join('\n')
  const scope = `${day}/${region}/${service}/aws4_request`
  const toSign = ['AWS4-HMAC-SHA256', String(request.headers['x-amz-date']), scope, sha256(canonical)].join(
    '\n',
  )
  const key = [day, region, service, 'aws4_request'].reduce<string | Buffer>(
    (derived, part) => createHmac('sha256', derived).update(part).digest(),
    `AWS4${secretAccessKey}`,
  )
  return createHmac('sha256', key).update(toSign).digest('hex') === signature
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
