import type { Enrolment } from '@/lib/admin/account/views'

/** A QR code; dark on white in both themes, since not every camera reads inverted codes. */
export function QrCode({ qr, label }: { readonly qr: Enrolment['qr']; readonly label: string }) {
  return (
    <svg
      viewBox={`0 0 ${qr.size} ${qr.size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
      className="size-48 rounded-lg border"
    >
      <rect width={qr.size} height={qr.size} fill="white" />
      <path d={qr.path} fill="black" />
    </svg>
  )
}
