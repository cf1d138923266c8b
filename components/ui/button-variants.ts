import { cva } from 'class-variance-authority'

/** Class names of a button, for links styled as one. */
export const buttonVariants = cva(
  [
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap',
    'rounded-md font-medium transition-colors disabled:opacity-60 aria-disabled:opacity-60',
    "[&_svg]:pointer-events-none [&_svg]:shrink-0 [&_svg:not([class*='size-'])]:size-4",
  ],
  {
    variants: {
      variant: {
        primary: 'bg-accent text-on-accent shadow-panel hover:bg-accent-hover',
        secondary: 'border bg-surface text-ink shadow-panel hover:bg-hover',
        ghost: 'text-muted hover:bg-hover hover:text-ink',
        danger: 'bg-bad-solid text-on-accent shadow-panel hover:brightness-110',
        link: 'text-accent-ink underline-offset-4 hover:underline',
      },
      size: {
        sm: 'h-7 px-2.5 text-xs max-md:h-11 max-md:px-3.5 max-md:text-sm',
        md: 'h-8 px-3 text-sm max-md:h-11 max-md:px-4 max-md:text-base',
        lg: 'h-11 px-5 text-base',
        icon: 'size-8 max-md:size-11',
        'icon-sm': 'size-7 max-md:size-11',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
)
