import Link from 'next/link'
import { ProductMark } from '@/components/shell/product-mark'
import { SignInForm } from './sign-in-form'

export function SignInPage({
  callbackUrl,
  errorCode,
  hasPublicRankings,
}: {
  callbackUrl: string | null
  errorCode: string | null
  hasPublicRankings: boolean
}) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center px-4 py-12">
      <div className="w-full max-w-sm">
        <ProductMark className="mb-5 size-9" />
        <h1 className="text-xl font-semibold tracking-[-0.02em]">Sign in to Sightglass</h1>
        <p className="mt-1 mb-6 text-muted">The window on your LLM traffic.</p>
        <SignInForm callbackUrl={callbackUrl} errorCode={errorCode} />
        <p className="mt-6 border-t pt-4 text-sm text-muted">
          {hasPublicRankings ? (
            <>
              Only looking?{' '}
              <Link href="/rankings" className="font-medium text-accent underline-offset-2 hover:underline">
                Browse the rankings
              </Link>{' '}
              without signing in.
            </>
          ) : (
            'The first administrator’s address and password were printed when this server first started.'
          )}
        </p>
      </div>
    </div>
  )
}
