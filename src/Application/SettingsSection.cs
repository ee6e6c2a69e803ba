using System.Reflection;
using System.Runtime.CompilerServices;

namespace CleanSync.Application;

/// <summary>
/// A section of the configuration. What its options let anybody set is a setting under the same name, so a new option needs no second list.
/// </summary>
/// <param name="Name">As it stands in the configuration.</param>
/// <param name="Standard">The options as they are when nothing is given.</param>
public sealed record SettingsSection(string Name, object Standard)
{
    /// <summary>The settings with their sections, such as <c>Sync:PollInterval</c>, and what holds when they are not given.</summary>
    public IEnumerable<(string Key, object? Standard)> Settings =>
        Of(Standard.GetType()).Select(p => ($"{Name}:{p.Name}", p.GetValue(Standard)));

    /// <summary>What is required, or set by nobody outside, is told by the program and is no setting.</summary>
    internal static IEnumerable<PropertyInfo> Of(Type options) =>
        options.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && !p.IsDefined(typeof(RequiredMemberAttribute)));
}
