using CleanSync.StorageTests.Contracts;
using CleanSync.StorageTests.Databases;
using CleanSync.StorageTests.Rules;

namespace CleanSync.StorageTests.Postgres;

// Every suite of a port of the storage, on PostgreSQL. Those that hold something more of PostgreSQL stand in files of their own.
public sealed class PostgresSoleWorkTests : SoleWorkContract<TemporaryPostgres>;

public sealed class PostgresWorkLeaseTests : WorkLeaseContract<TemporaryPostgres>;

public sealed class PostgresNotificationNewsTests : NotificationNewsContract<TemporaryPostgres>;

public sealed class PostgresCallShareTests : CallShareContract<TemporaryPostgres>;

public sealed class PostgresSyncStoreTests(TemporaryPostgres db) : SyncStoreContract<TemporaryPostgres>(db);

public sealed class PostgresMailboxLeaseTests(TemporaryPostgres db) : MailboxLeaseContract<TemporaryPostgres>(db);

public sealed class PostgresIntegrationRepositoryTests(TemporaryPostgres db) : IntegrationRepositoryContract<TemporaryPostgres>(db);

public sealed class PostgresLinkRepositoryTests(TemporaryPostgres db) : LinkRepositoryContract<TemporaryPostgres>(db);

public sealed class PostgresAppointmentRepositoryTests(TemporaryPostgres db) : AppointmentRepositoryContract<TemporaryPostgres>(db);

public sealed class PostgresEventRepositoryTests(TemporaryPostgres db) : EventRepositoryContract<TemporaryPostgres>(db);

public sealed class PostgresApiKeyRepositoryTests(TemporaryPostgres db) : ApiKeyRepositoryContract<TemporaryPostgres>(db);

public sealed class PostgresErasedSeriesTests(TemporaryPostgres db) : ErasedSeriesContract<TemporaryPostgres>(db);

public sealed class PostgresClientSearchTests(TemporaryPostgres db) : ClientSearchContract<TemporaryPostgres>(db);

public sealed class PostgresTimesToComeTests(TemporaryPostgres db) : TimesToComeContract<TemporaryPostgres>(db);

public sealed class PostgresDueLinksTests : DueLinksContract<TemporaryPostgres>;

public sealed class PostgresCleanUpItemsTests : CleanUpItemsContract<TemporaryPostgres>;

public sealed class PostgresNodeRegistryTests : NodeRegistryContract<TemporaryPostgres>;

public sealed class PostgresRefusedLogonsTests : RefusedLogonsContract<TemporaryPostgres>;

public sealed class PostgresAlertTests : AlertContract<TemporaryPostgres>;

public sealed class PostgresWarningTests : WarningContract<TemporaryPostgres>;

public sealed class PostgresErasedStaffTests : ErasedStaffContract<TemporaryPostgres>;

public sealed class PostgresIdempotencyRecordTests : IdempotencyRecordContract<TemporaryPostgres>;

public sealed class PostgresSyncRunTests : SyncRunContract<TemporaryPostgres>;

public sealed class PostgresRemovalLogTests : RemovalLogContract<TemporaryPostgres>;

public sealed class PostgresRemovedEventTests : RemovedEventContract<TemporaryPostgres>;

public sealed class PostgresRecheckTests : RecheckContract<TemporaryPostgres>;

public sealed class PostgresClockRecordTests : ClockRecordContract<TemporaryPostgres>;

public sealed class PostgresPasswordExpiryTests : PasswordExpiryContract<TemporaryPostgres>;

public sealed class PostgresIntegrationTroubleTests : IntegrationTroubleContract<TemporaryPostgres>;

public sealed class PostgresSubscribableCalendarTests : SubscribableCalendarContract<TemporaryPostgres>;

public sealed class PostgresLinkDeletionTests : LinkDeletionContract<TemporaryPostgres>;

public sealed class PostgresDisconnectionTests : DisconnectionContract<TemporaryPostgres>;

public sealed class PostgresOldRecordTests : OldRecordContract<TemporaryPostgres>;

public sealed class PostgresErasureTests : ErasureContract<TemporaryPostgres>;

public sealed class PostgresAuditArchiveTests : AuditArchiveContract<TemporaryPostgres>;

public sealed class PostgresAccountGroupTests : AccountGroupRule<TemporaryPostgres>;

public sealed class PostgresBusyTests : BusyRule<TemporaryPostgres>;

public sealed class PostgresDivergedTests : DivergedRule<TemporaryPostgres>;

public sealed class PostgresEventTitleTests : EventTitleRule<TemporaryPostgres>;

public sealed class PostgresFuseCountTests : FuseCountRule<TemporaryPostgres>;

public sealed class PostgresRestorableTests : RestorableRule<TemporaryPostgres>;

public sealed class PostgresIntegrationStateTests : IntegrationStateRule<TemporaryPostgres>;

public sealed class PostgresAuditLogTests : AuditLogContract<TemporaryPostgres>;

public sealed class PostgresAuditNameTests : AuditNameContract<TemporaryPostgres>;

public sealed class PostgresReadModelTests : ReadModelContract<TemporaryPostgres>;

public sealed class PostgresUserAccountsListTests : UserAccountsListContract<TemporaryPostgres>;

public sealed class PostgresPasswordSealTests : PasswordSealContract<TemporaryPostgres>;

public sealed class PostgresStoredValueTests : StoredValueContract<TemporaryPostgres>;
