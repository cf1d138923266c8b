import { defineConfig } from 'prisma/config'

const url = process.env.DATABASE_URL

// Paths are relative to this file. Without DATABASE_URL Portico runs on its embedded database,
// which this CLI never touches.
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  ...(url ? { datasource: { url } } : {}),
})
