using CleanSync.Domain.ApiKeys;

namespace CleanSync.Api.ApiKeys;

internal static class FirstKey
{
    public const string Command = "CleanSync.Api keys create --name \"first admin\" --role admin";

    /// <summary>Says at start how to get in when no usable key is an admin's.</summary>
    public static async Task AskForFirstKey(this IServiceProvider services, ILogger logger)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var keys = await services.GetRequiredService<IApiKeyRepository>().All(CancellationToken.None);
        if (keys.Any(k => k.Role is Role.Admin && k.IsUsable(now))) return;
        logger.LogWarning(
            "There is no usable API key of the role admin. Make one on this machine, with the same settings: {Command}", Command);
    }
}
