using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CleanSync.Application.AuditLog;
using CleanSync.Domain;
using CleanSync.Infrastructure.Persistence.Queries;
using Dapper;

namespace CleanSync.Infrastructure.Persistence.Auditing;

internal sealed class AuditArchive(Database database, TimeProvider time) : IAuditArchive
{
    /// <summary>An action that began before this and has not ended never will: its process is gone.</summary>
    private static readonly TimeSpan LongestAction = TimeSpan.FromHours(1);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private static readonly byte[] LineBreak = "\n"u8.ToArray();

    public async Task<Result<AuditExport>> Write(DateTimeOffset end, string file, bool withNames, CancellationToken ct)
    {
        const string underWay = """
            select b.action from audit_entries b left join audit_entries e on e.begun_id = b.id and e.begun_id is not null
            where b.begun_id is null and b.happened_at < @end and b.happened_at > @recently and e.id is null
            """;
        await using var connection = await database.Read(ct);
        var arguments = new { end, recently = time.GetUtcNow() - LongestAction };
        var question = new CommandDefinition(underWay, arguments, cancellationToken: ct);
        if (await connection.QueryFirstOrDefaultAsync<string>(question) is { } action) return new ActionIsUnderWay(action);

        var path = Path.GetFullPath(file);
        if (Path.Exists(path)) return new ExportFileExists(file);
        await using var stream = new FileStream(path, Mine());
        try
        {
            var exported = new AuditExport(0, 0);
            await foreach (var entry in AuditRow.BegunBefore(connection, end, withNames, ct))
            {
                await JsonSerializer.SerializeAsync(stream, entry, Json, ct);
                await stream.WriteAsync(LineBreak, ct);
                exported = new AuditExport(exported.Actions + 1, exported.Rows + (entry.EndedAt is null ? 1 : 2));
            }

            stream.Flush(flushToDisk: true);
            return exported;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public Task<bool> Remove(DateTimeOffset end, AuditExport exported, CancellationToken ct)
    {
        const string open = "insert into audit_removals (months_before) values (@end)";
        const string names = """
            delete from audit_names where entry_id in (
                select e.id from audit_entries e left join audit_entries b on b.id = e.begun_id
                where coalesce(b.happened_at, e.happened_at) < @end)
            """;
        const string ends = """
            delete from audit_entries where begun_id in (select id from audit_entries where begun_id is null and happened_at < @end)
            """;
        const string beginnings = "delete from audit_entries where begun_id is null and happened_at < @end";
        const string close = "delete from audit_removals";
        return database.Write(
            async transaction =>
            {
                Task<int> Run(string sql) => transaction.Execute(sql, new { end });
                await Run(open);
                await Run(names);
                var removed = await Run(ends) + await Run(beginnings);
                await Run(close);
                return removed == exported.Rows;
            },
            ct);
    }

    /// <summary>Fails when the file exists, so that nothing is written over.</summary>
    private static FileStreamOptions Mine()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
