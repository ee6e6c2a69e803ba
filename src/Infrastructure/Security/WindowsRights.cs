using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace CleanSync.Infrastructure.Security;

/// <summary>
/// What is made under ProgramData can be read by every local user, unless its rights say otherwise: those of the folder above are cut off
/// when it is made, so that there is no moment at which others can read it.
/// </summary>
[SupportedOSPlatform("windows")]
internal static class WindowsRights
{
    private const FileSystemRights Reading = FileSystemRights.ReadData | FileSystemRights.WriteData | FileSystemRights.ChangePermissions;

    /// <summary>Makes a folder for this account, the system and administrators; one that exists is left as it is.</summary>
    public static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder)) return;
        if (Path.GetDirectoryName(folder) is { Length: > 0 } above) Directory.CreateDirectory(above);
        var rights = new DirectorySecurity();
        rights.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (var who in Owners())
        {
            rights.AddAccessRule(new FileSystemAccessRule(
                who,
                FileSystemRights.FullControl,
                InheritanceFlags.ContainerInherit | InheritanceFlags.ObjectInherit,
                PropagationFlags.None,
                AccessControlType.Allow));
        }

        rights.CreateDirectory(folder);
    }

    /// <summary>An empty new file for this account alone, whatever its folder says.</summary>
    public static FileStream NewFile(string file)
    {
        var rights = new FileSecurity();
        rights.SetAccessRuleProtection(isProtected: true, preserveInheritance: false);
        foreach (var who in Owners())
            rights.AddAccessRule(new FileSystemAccessRule(who, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(file).Create(
            FileMode.CreateNew, FileSystemRights.Write | FileSystemRights.ReadData, FileShare.None, 4096, FileOptions.None, rights);
    }

    /// <summary>
    /// Accounts beside this one, the system and administrators that may read or change it; by their names, or ids without one.
    /// </summary>
    public static IReadOnlyList<string> Others(string file)
    {
        var owners = Owners();
        return
        [
            .. new FileInfo(file).GetAccessControl().GetAccessRules(true, true, typeof(SecurityIdentifier)).Cast<FileSystemAccessRule>()
                .Where(r => r.AccessControlType is AccessControlType.Allow && (r.FileSystemRights & Reading) != 0)
                .Select(r => (SecurityIdentifier)r.IdentityReference).Distinct().Where(who => !owners.Contains(who)).Select(NameOf),
        ];
    }

    private static IReadOnlyList<SecurityIdentifier> Owners()
    {
        using var me = WindowsIdentity.GetCurrent();
        return
        [
            me.User!,
            new SecurityIdentifier(WellKnownSidType.LocalSystemSid, null),
            new SecurityIdentifier(WellKnownSidType.BuiltinAdministratorsSid, null),
        ];
    }

    private static string NameOf(SecurityIdentifier who)
    {
        try
        {
            return who.Translate(typeof(NTAccount)).Value;
        }
        catch (IdentityNotMappedException)
        {
            return who.Value;
        }
    }
}
