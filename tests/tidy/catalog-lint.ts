/** Runs one statement that takes no parameters; the lint only reads. */
export type Query = (sql: string) => Promise<readonly Record<string, unknown>[]>

/** Something in the database's catalog that breaks a rule of tenancy. */
export interface CatalogViolation {
  readonly rule: string
  /** What breaks it; `rule: object` is its name in the allow-list. */
  readonly object: string
  readonly sentence: string
}

/**
 * The rules of tenancy in the database (requirement R19) and the known traps of row-level security,
 * read from `pg_catalog` of a migrated database. A rule's SQL returns the object and a sentence
 * for each violation.
 */
export async function catalogViolations(
  query: Query,
  allowed: Readonly<Record<string, string>> = {},
): Promise<CatalogViolation[]> {
  const found: CatalogViolation[] = []
  for (const [rule, sql] of Object.entries(RULES)) {
    for (const row of await query(sql))
      found.push({ rule, object: String(row['object']), sentence: String(row['sentence']) })
  }

  const stale = Object.keys(allowed)
    .filter((entry) => !found.some((each) => `${each.rule}: ${each.object}` === entry))
    .map((entry) => ({
      rule: 'allowed',
      object: entry,
      sentence: `"${entry}" is allowed in catalog-allowed.ts, but nothing needs it`,
    }))
  return [...found.filter(({ rule, object }) => !(`${rule}: ${object}` in allowed)), ...stale]
}

/** Schemas that are PostgreSQL's own. Everything else in the database is ours. */
const OURS = `n.nspname not like 'pg\\_%' and n.nspname <> 'information_schema'`

const NAME = `n.nspname || '.' || c.relname`

/** The roles a request or a worker connects as. */
const ROLES = `('torg_app', 'torg_writer', 'torg_reader')`

/** How PostgreSQL prints the one policy tenants live under, spaces and casts included. */
const TENANT_POLICY =
  `(NOT (tenant_id IS DISTINCT FROM ( SELECT (NULLIF(current_setting(''app.tenant''::text, true), ''''::text))::integer` +
  ` AS "nullif")))`

const TABLES = `pg_class c join pg_namespace n on n.oid = c.relnamespace and ${OURS}`

/** Each rule by name. The order is that of reading: tables, keys, policies, the rest, roles. */
export const RULES: Readonly<Record<string, string>> = {
  'tenant-column': `
    select ${NAME} as object,
           'table ' || ${NAME} || ' has no column "tenant_id integer not null" without a default'
             as sentence
      from ${TABLES}
     where c.relkind in ('r', 'p', 'f')
       and not exists (
         select from pg_attribute a
          where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped
            and a.atttypid = 'integer'::regtype and a.attnotnull and not a.atthasdef)`,

  'row-security': `
    select ${NAME} as object,
           'table ' || ${NAME} || ' does not '
             || case when c.relrowsecurity then 'force' else 'enable' end
             || ' row-level security' as sentence
      from ${TABLES}
     where c.relkind in ('r', 'p', 'f') and not (c.relrowsecurity and c.relforcerowsecurity)`,

  'policy-missing': `
    select ${NAME} as object,
           'table ' || ${NAME} || ' has row-level security and no policy: nobody can read it'
             as sentence
      from ${TABLES}
     where c.relkind in ('r', 'p') and c.relrowsecurity
       and not exists (select from pg_policy p where p.polrelid = c.oid)`,

  policy: `
    with policies as (
      select ${NAME} as name, n.nspname as schema, p.polname, p.polcmd, p.polpermissive,
             coalesce(pg_get_expr(p.polqual, p.polrelid), 'nothing') as using_expr,
             coalesce(pg_get_expr(p.polwithcheck, p.polrelid), 'nothing') as check_expr,
             array(select case r when 0 then 'public' else pg_get_userbyid(r)::text end
                     from unnest(p.polroles) r) as roles
        from pg_policy p join ${TABLES} on c.oid = p.polrelid)
    select name || ' ' || polname as object,
           'policy ' || polname || ' of ' || name || ' is not for all commands with USING and WITH '
             || 'CHECK of app.tenant (or, for the writer and the reader on the platform''s tables, '
             || 'true): USING ' || using_expr || ' WITH CHECK ' || check_expr
             || ' TO ' || array_to_string(roles, ', ') as sentence
      from policies
     where not (
       polcmd = '*' and polpermissive and using_expr = check_expr
       and (using_expr = '${TENANT_POLICY}'
            or using_expr = 'true' and schema = 'platform'
               and roles <@ array['torg_writer', 'torg_reader']))`,

  'primary-key': `
    select ${NAME} as object,
           'the primary key of ' || ${NAME} || ' does not begin with tenant_id' as sentence
      from ${TABLES}
     where c.relkind in ('r', 'p')
       and not exists (
         select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
          where i.indrelid = c.oid and i.indisprimary and a.attname = 'tenant_id')`,

  'youngest-index': `
    select ${NAME} as object,
           'index ' || x.relname || ' is younger than the primary key of ' || ${NAME} || ' and begins '
             || 'with tenant_id too: while the table looks empty, PostgreSQL would take it for every '
             || 'row that is looked up by its key (decision 0010)' as sentence
      from ${TABLES}
      join pg_index k on k.indrelid = c.oid and k.indisprimary
      join pg_index i on i.indrelid = c.oid and i.indexrelid > k.indexrelid
      join pg_class x on x.oid = i.indexrelid
      join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where c.relkind in ('r', 'p') and a.attname = 'tenant_id'`,

  'unique-index': `
    select n.nspname || '.' || x.relname as object,
           'index ' || n.nspname || '.' || x.relname || ' of ' || c.relname || ' is unique and does '
             || 'not begin with tenant_id: its error tells one shop of another''s rows' as sentence
      from ${TABLES}
      join pg_index i on i.indrelid = c.oid and (i.indisunique or i.indisexclusion)
       and not i.indisprimary
      join pg_class x on x.oid = i.indexrelid
     where not exists (select from pg_attribute a
                        where a.attrelid = c.oid and a.attnum = i.indkey[0]
                          and a.attname = 'tenant_id')`,

  'foreign-key': `
    select ${NAME} || ' ' || k.conname as object,
           'foreign key ' || k.conname || ' of ' || ${NAME} || ' to ' || k.confrelid::regclass
             || ' does not pair tenant_id with tenant_id: it can point at another shop''s row'
             as sentence
      from ${TABLES} join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
     where not exists (
       select from unnest(k.conkey, k.confkey) pair(here, there)
         join pg_attribute h on h.attrelid = k.conrelid and h.attnum = pair.here
         join pg_attribute t on t.attrelid = k.confrelid and t.attnum = pair.there
        where h.attname = 'tenant_id' and t.attname = 'tenant_id')`,

  'foreign-schema': `
    select ${NAME} || ' ' || k.conname as object,
           'foreign key ' || k.conname || ' of ' || ${NAME} || ' reaches into another schema: '
             || k.confrelid::regclass as sentence
      from ${TABLES} join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
      join pg_class o on o.oid = k.confrelid
     where o.relnamespace <> c.relnamespace`,

  view: `
    select ${NAME} as object,
           'view ' || ${NAME} || ' is not security_invoker: it shows what its owner may see'
             as sentence
      from ${TABLES}
     where c.relkind = 'v'
       and not coalesce(c.reloptions && array['security_invoker=true', 'security_invoker=on'], false)`,

  'materialized-view': `
    select ${NAME} as object,
           ${NAME} || ' is a materialized view: no policy applies to it' as sentence
      from ${TABLES} where c.relkind = 'm'`,

  'security-definer': `
    select n.nspname || '.' || p.proname as object,
           'function ' || p.oid::regprocedure || ' is SECURITY DEFINER: it sees what its owner sees'
             as sentence
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace and ${OURS}
     where p.prosecdef`,

  grant: `
    select ${NAME} || ' -> ' || r.rolname || ' ' || privilege as object,
           r.rolname || ' may ' || privilege || ' ' || ${NAME} || ', which row-level security '
             || 'does not judge' as sentence
      from ${TABLES}
     cross join unnest(array['TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN']) privilege
     cross join pg_roles r
     where c.relkind in ('r', 'p', 'v', 'm', 'f') and r.rolname in ${ROLES}
       and has_table_privilege(r.oid, c.oid, privilege)`,

  'shared-write': `
    select ${NAME} || ' ' || privilege as object,
           'torg_app may ' || privilege || ' ' || ${NAME} || '; only the writer and the reader '
             || 'write what is the platform''s or has no row-level security' as sentence
      from ${TABLES} cross join unnest(array['INSERT', 'UPDATE', 'DELETE']) privilege
     where c.relkind in ('r', 'p', 'f')
       and (n.nspname = 'platform' or not c.relrowsecurity)
       and case privilege
             when 'DELETE' then has_table_privilege('torg_app', c.oid, privilege)
             else has_any_column_privilege('torg_app', c.oid, privilege)
           end`,

  'sequence-grant': `
    select ${NAME} || ' -> ' || r.rolname as object,
           r.rolname || ' may use or read sequence ' || ${NAME}
             || ', which counts the rows of all shops' as sentence
      from ${TABLES} cross join pg_roles r
     where c.relkind = 'S' and r.rolname in ${ROLES}
       and has_sequence_privilege(r.oid, c.oid, 'USAGE, SELECT, UPDATE')`,

  'public-grant': `
    select ${NAME} || ' ' || acl.privilege_type as object,
           'PUBLIC may ' || acl.privilege_type || ' ' || ${NAME} as sentence
      from ${TABLES} cross join lateral aclexplode(c.relacl) acl
     where acl.grantee = 0`,

  'default-grant': `
    select coalesce(n.nspname, 'every schema') || ' ' || acl.privilege_type || ' '
             || coalesce(r.rolname, 'public') as object,
           coalesce(r.rolname, 'PUBLIC') || ' will get ' || acl.privilege_type
             || ' on every new table by default privileges' as sentence
      from pg_default_acl d
      left join pg_namespace n on n.oid = d.defaclnamespace
     cross join lateral aclexplode(d.defaclacl) acl
      left join pg_roles r on r.oid = acl.grantee
     where d.defaclobjtype = 'r'
       and (acl.grantee = 0 or r.rolname in ${ROLES})
       and (acl.grantee = 0
            or acl.privilege_type in ('TRUNCATE', 'REFERENCES', 'TRIGGER', 'MAINTAIN'))`,

  'schema-create': `
    select n.nspname || ' ' || r.rolname as object,
           r.rolname || ' may create objects in schema ' || n.nspname as sentence
      from pg_namespace n cross join pg_roles r
     where ${OURS} and r.rolname in ${ROLES} and has_schema_privilege(r.oid, n.oid, 'CREATE')`,

  owner: `
    select kind || ' ' || name as object,
           kind || ' ' || name || ' belongs to ' || owner || ', not to torg_owner' as sentence
      from (
        select 'schema' as kind, n.nspname::text as name, pg_get_userbyid(n.nspowner) as owner
          from pg_namespace n where ${OURS} and n.nspname <> 'public'
        union all
        select 'relation', ${NAME}, pg_get_userbyid(c.relowner)
          from ${TABLES} where c.relkind in ('r', 'p', 'v', 'm', 'f', 'S')
        union all
        select 'function', n.nspname || '.' || p.proname, pg_get_userbyid(p.proowner)
          from pg_proc p join pg_namespace n on n.oid = p.pronamespace and ${OURS}
      ) owned
     where owner <> 'torg_owner'`,

  'role-power': `
    select wanted || ' ' || coalesce(power, 'missing') as object,
           'role ' || wanted || coalesce(' is ' || power, ' is missing') as sentence
      from unnest(array['torg_owner', 'torg_app', 'torg_writer', 'torg_reader']) wanted
      left join pg_roles r on r.rolname = wanted
     cross join lateral unnest(
       case when r.oid is null then array[null] else array_remove(array[
         case when r.rolsuper then 'a superuser' end,
         case when r.rolbypassrls then 'BYPASSRLS' end,
         case when r.rolcreaterole then 'CREATEROLE' end,
         case when r.rolcreatedb then 'CREATEDB' end,
         case when r.rolreplication then 'REPLICATION' end,
         case when r.rolcanlogin and wanted = 'torg_owner' then 'able to log in' end
       ], null) end) power`,

  'role-member': `
    select m.rolname || ' -> ' || g.rolname as object,
           m.rolname || ' is a member of ' || g.rolname || ' and can become it' as sentence
      from pg_roles m join pg_roles g on g.oid <> m.oid and pg_has_role(m.oid, g.oid, 'MEMBER')
     where m.rolname in ${ROLES}
       and not (m.rolname in ('torg_writer', 'torg_reader') and g.rolname = 'torg_app')`,

  'role-inherit': `
    select m.rolname || ' -> torg_app' as object,
           m.rolname || ' has the rights of torg_app without SET ROLE; grant WITH INHERIT FALSE'
             as sentence
      from pg_roles m join pg_roles g on g.rolname = 'torg_app'
     where m.rolname in ('torg_writer', 'torg_reader') and pg_has_role(m.oid, g.oid, 'USAGE')`,
}
