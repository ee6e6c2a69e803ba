using System.Reflection;

namespace CleanSync.Api.Startup;

/// <summary>What this build calls itself. The version stands in Directory.Build.props and nowhere else.</summary>
internal static class Product
{
    public static string Version { get; } =
        typeof(Product).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
