import type { Edge, EdgeId } from './edges'
import type { FixStep } from './finding'

/** How each server passes the header on to the application. */
const steps: Partial<Record<EdgeId, FixStep>> = {
  nginx: {
    text: 'Pass the header on; look for a line that empties it, and for `auth_basic`, which uses it up.',
    where: 'nginx → location of this server',
    code: 'proxy_set_header Authorization $http_authorization;\n# with FastCGI:\nfastcgi_param HTTP_AUTHORIZATION $http_authorization;',
  },
  apache: {
    text: 'Let Apache pass the header on: CGI and FastCGI drop it by default.',
    where: 'Apache → virtual host or .htaccess',
    code: 'CGIPassAuth On\n# or, before Apache 2.4.13:\nSetEnvIf Authorization "(.+)" HTTP_AUTHORIZATION=$1',
  },
  litespeed: {
    text: 'Let LiteSpeed pass the header on.',
    where: '.htaccess',
    code: 'RewriteEngine On\nRewriteRule .* - [E=HTTP_AUTHORIZATION:%{HTTP:Authorization}]',
  },
  iis: {
    text: 'Turn off every authentication method except Anonymous, and keep the header in the rewrite rule of ARR.',
    where: 'IIS → site → Authentication',
  },
  cloudfront: {
    text: 'Forward the header: an origin request policy that names Authorization, or the managed policy “AllViewer”, with caching disabled.',
    where: 'CloudFront → behaviour of /mcp → Origin request policy',
  },
  google: {
    text: 'Take /mcp out of Identity-Aware Proxy: it reads the Authorization header as its own.',
    where: 'Google Cloud → Security → Identity-Aware Proxy',
  },
  cloudflare: {
    text: 'Look for a transform rule or a Worker that removes or replaces the request header Authorization.',
    where: 'Cloudflare → Rules → Transform Rules, and Workers routes',
  },
}

const stepsFor = (ids: readonly EdgeId[]): FixStep[] => ids.flatMap((id) => steps[id] ?? [])

/** What to change so that the `Authorization` header survives. */
export function passAuthorization(edges: readonly Edge[]): FixStep[] {
  const own = stepsFor(edges.map(({ id }) => id))
  return own.length > 0 ? own : stepsFor(['nginx', 'apache'])
}
