using CleanSync.Api.Security;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CleanSync.EndToEndTests.Api;

public sealed class ApiKeyFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cleansync-key-").FullName;

    private string KeyFile => Path.Combine(folder, "new", "api-key");

    [Fact]
    public void A_key_is_made_once_and_only_its_owner_can_read_it()
    {
        Load();
        var key = File.ReadAllText(KeyFile);
        Assert.Equal(43, key.Length);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        Assert.True(Load().Matches(key));
        Assert.Equal([KeyFile], Directory.GetFiles(Path.GetDirectoryName(KeyFile)!));
    }

    [Fact]
    public void A_configured_key_makes_no_file()
    {
        var key = Load(("Api:Key", "from the environment"));
        Assert.True(key.Matches("from the environment"));
        Assert.False(key.Matches("From the environment"));
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public void The_log_says_where_the_key_is_and_never_the_key()
    {
        var log = new Lines();
        Load(log: log);
        Assert.Contains(log.Written, line => line.Contains(KeyFile, StringComparison.Ordinal));
        Assert.DoesNotContain(log.Written, line => line.Contains(File.ReadAllText(KeyFile), StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_key_file_stops_the_start_with_what_to_do()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, "\n");
        Assert.Contains("Remove it", Assert.Throws<InvalidOperationException>(() => Load()).Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private ApiKey Load((string, string)? setting = null, ILogger? log = null)
    {
        var settings = new Dictionary<string, string?> { ["Database:Path"] = Path.Combine(folder, "new", "cleansync.db") };
        if (setting is var (name, value)) settings[name] = value;
        return ApiKeyFile.Load(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), log ?? NullLogger.Instance);
    }

    private sealed class Lines : ILogger
    {
        public List<string> Written { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Add(formatter(state, exception));
    }
}
