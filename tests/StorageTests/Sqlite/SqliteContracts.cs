using CleanSync.StorageTests.Contracts;
using CleanSync.StorageTests.Databases;
using CleanSync.StorageTests.Rules;

namespace CleanSync.StorageTests.Sqlite;

// Every suite of a port of the storage, on SQLite. Those that hold something more of SQLite stand in files of their own.
public sealed class SqliteSoleWorkTests : SoleWorkContract<TemporarySqlite>;

public sealed class SqliteWorkLeaseTests : WorkLeaseContract<TemporarySqlite>;

public sealed class SqliteNotificationNewsTests : NotificationNewsContract<TemporarySqlite>;

public sealed class SqliteCallShareTests : CallShareContract<TemporarySqlite>;

public sealed class SqliteSyncStoreTests(TemporarySqlite db) : SyncStoreContract<TemporarySqlite>(db);

public sealed class SqliteMailboxLeaseTests(TemporarySqlite db) : MailboxLeaseContract<TemporarySqlite>(db);

public sealed class SqliteIntegrationRepositoryTests(TemporarySqlite db) : IntegrationRepositoryContract<TemporarySqlite>(db);

public sealed class SqliteLinkRepositoryTests(TemporarySqlite db) : LinkRepositoryContract<TemporarySqlite>(db);

public sealed class SqliteAppointmentRepositoryTests(TemporarySqlite db) : AppointmentRepositoryContract<TemporarySqlite>(db);

public sealed class SqliteEventRepositoryTests(TemporarySqlite db) : EventRepositoryContract<TemporarySqlite>(db);

public sealed class SqliteApiKeyRepositoryTests(TemporarySqlite db) : ApiKeyRepositoryContract<TemporarySqlite>(db);

public sealed class SqliteErasedSeriesTests(TemporarySqlite db) : ErasedSeriesContract<TemporarySqlite>(db);

public sealed class SqliteClientSearchTests(TemporarySqlite db) : ClientSearchContract<TemporarySqlite>(db);

public sealed class SqliteTimesToComeTests(TemporarySqlite db) : TimesToComeContract<TemporarySqlite>(db);

public sealed class SqliteDueLinksTests : DueLinksContract<TemporarySqlite>;

public sealed class SqliteCleanUpItemsTests : CleanUpItemsContract<TemporarySqlite>;

public sealed class SqliteNodeRegistryTests : NodeRegistryContract<TemporarySqlite>;

public sealed class SqliteRefusedLogonsTests : RefusedLogonsContract<TemporarySqlite>;

public sealed class SqliteAlertTests : AlertContract<TemporarySqlite>;

public sealed class SqliteWarningTests : WarningContract<TemporarySqlite>;

public sealed class SqliteErasedStaffTests : ErasedStaffContract<TemporarySqlite>;

public sealed class SqliteIdempotencyRecordTests : IdempotencyRecordContract<TemporarySqlite>;

public sealed class SqliteSyncRunTests : SyncRunContract<TemporarySqlite>;

public sealed class SqliteRemovalLogTests : RemovalLogContract<TemporarySqlite>;

public sealed class SqliteRemovedEventTests : RemovedEventContract<TemporarySqlite>;

public sealed class SqliteRecheckTests : RecheckContract<TemporarySqlite>;

public sealed class SqliteClockRecordTests : ClockRecordContract<TemporarySqlite>;

public sealed class SqlitePasswordExpiryTests : PasswordExpiryContract<TemporarySqlite>;

public sealed class SqliteIntegrationTroubleTests : IntegrationTroubleContract<TemporarySqlite>;

public sealed class SqliteSubscribableCalendarTests : SubscribableCalendarContract<TemporarySqlite>;

public sealed class SqliteLinkDeletionTests : LinkDeletionContract<TemporarySqlite>;

public sealed class SqliteDisconnectionTests : DisconnectionContract<TemporarySqlite>;

public sealed class SqliteOldRecordTests : OldRecordContract<TemporarySqlite>;

public sealed class SqliteErasureTests : ErasureContract<TemporarySqlite>;

public sealed class SqliteAuditArchiveTests : AuditArchiveContract<TemporarySqlite>;

public sealed class SqliteAccountGroupTests : AccountGroupRule<TemporarySqlite>;

public sealed class SqliteBusyTests : BusyRule<TemporarySqlite>;

public sealed class SqliteDivergedTests : DivergedRule<TemporarySqlite>;

public sealed class SqliteEventTitleTests : EventTitleRule<TemporarySqlite>;

public sealed class SqliteFuseCountTests : FuseCountRule<TemporarySqlite>;

public sealed class SqliteRestorableTests : RestorableRule<TemporarySqlite>;

public sealed class SqliteIntegrationStateTests : IntegrationStateRule<TemporarySqlite>;

public sealed class SqlitePasswordSealTests : PasswordSealContract<TemporarySqlite>;

public sealed class SqliteStoredValueTests : StoredValueContract<TemporarySqlite>;
