using System.Security.Cryptography;
using System.Text;

namespace MlKit.OnlineStore;

/// <summary>
/// Who may do what: clients everything with the password that was set (or none), and a user of the process itself that
/// changes the clients' rights. Passwords stand as hashes in the file that Garnet reads.
/// </summary>
internal sealed class AccessRules
{
    /// <summary>What a full store still does for clients: read, delete, and let keys expire.</summary>
    private static readonly string[] RefuseWrites =
    [
        "-@write", "+del", "+unlink", "+hdel", "+getdel", "+expire", "+pexpire", "+expireat", "+pexpireat", "+flushdb", "+flushall",
    ];

    private const string Guard = "mlkit-guard";

    private readonly string _guardPassword = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
    private readonly string? _password;

    public AccessRules(string? password) => _password = password;

    /// <summary>Writes the file that Garnet starts with, readable by its owner only.</summary>
    public string WriteFile(string folder)
    {
        var path = Path.Combine(folder, "users.acl");
        var clients = _password is null ? "nopass" : "#" + Hash(_password);
        Directory.CreateDirectory(folder);
        File.WriteAllText(path, $"user default on {clients} +@all\nuser {Guard} on #{Hash(_guardPassword)} +@all\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return path;
    }

    /// <summary>The commands that give clients the right to write, or take it.</summary>
    public IReadOnlyList<string[]> Commands(bool mayWrite) =>
    [
        ["AUTH", Guard, _guardPassword],
        mayWrite ? ["ACL", "SETUSER", "default", "+@all"] : ["ACL", "SETUSER", "default", .. RefuseWrites],
    ];

    private static string Hash(string password) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(password)));
}
