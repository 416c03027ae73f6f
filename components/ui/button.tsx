import { cva, type VariantProps } from 'class-variance-authority'
import clsx from 'clsx'
import type { ComponentProps } from 'react'

/** The look of a button, also for links that act like one. */
export const buttonClass = cva(
  'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-lg text-sm font-medium whitespace-nowrap transition-colors disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0',
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent hover:bg-accent-strong',
        secondary: 'border bg-surface text-foreground hover:bg-hover',
        quiet: 'text-muted hover:bg-hover hover:text-foreground',
        danger: 'border border-negative/40 bg-surface text-negative hover:bg-negative-soft',
      },
      size: { small: 'h-7 px-2', medium: 'h-8 px-3', large: 'h-10 px-4', icon: 'size-8' },
    },
    defaultVariants: { variant: 'secondary', size: 'medium' },
  },
)

export function Button({
  variant,
  size,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & VariantProps<typeof buttonClass>) {
  return <button type={type} className={clsx(buttonClass({ variant, size }), className)} {...rest} />
}
