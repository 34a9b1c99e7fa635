-- Another e-mail address: it is written here until whoever asked has shown that they read its mail.

alter table identity.tokens
  -- Of an `email-change`: the address it is good for. Lower case, NFC.
  add column email text collate "C",
  drop constraint tokens_purpose_check,
  add constraint tokens_purpose_check
    check (purpose in ('password-reset', 'email-verification', 'email-change')),
  add constraint tokens_email_check check ((email is not null) = (purpose = 'email-change'));

alter table identity.notices
  -- Where it goes when that is not the address of its user: the next one, or the one before.
  add column email text collate "C",
  drop constraint notices_kind_check,
  add constraint notices_kind_check check (kind in (
    'password-reset', 'email-verification', 'password-changed', 'email-change', 'email-changed'));
