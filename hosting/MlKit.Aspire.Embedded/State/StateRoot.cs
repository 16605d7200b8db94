using System.Globalization;
using Aspire.Hosting;

namespace MlKit.Aspire.Embedded.State;

/// <summary>The folder of everything that outlives a run, held by one host at a time.</summary>
internal sealed class StateRoot : IDisposable
{
    /// <summary>The name of the folder for what the host itself keeps.</summary>
    public const string HostFolderName = ".host";

    private readonly FileStream _lock;

    private StateRoot(string path, FileStream lockFile)
    {
        Path = path;
        _lock = lockFile;
    }

    /// <summary>The absolute path of the root.</summary>
    public string Path { get; }

    /// <summary>The folder for what the host itself keeps; no resource can have that name.</summary>
    public string HostFolder => System.IO.Path.Combine(Path, HostFolderName);

    /// <summary>Creates the folder where needed and takes it for this process.</summary>
    /// <exception cref="DistributedApplicationException">Another host runs on it; the message has its process id.</exception>
    public static StateRoot Open(string path)
    {
        var root = OwnerOnly.CreateFolder(System.IO.Path.GetFullPath(path));
        var own = OwnerOnly.CreateFolder(System.IO.Path.Combine(root, HostFolderName));
        var pidFile = System.IO.Path.Combine(own, "pid");
        var held = HeldFile.TryTake(System.IO.Path.Combine(own, "lock"));
        if (held is null)
        {
            var pid = File.Exists(pidFile) ? File.ReadAllText(pidFile).Trim() : "unknown";
            throw new DistributedApplicationException(
                $"the state folder '{root}' is in use by the host with process id {pid}; stop that host, or give this one a folder of its own with --MlKit:StatePath <folder>");
        }

        File.WriteAllText(pidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new StateRoot(root, held);
    }

    /// <summary>Lets the next host have the folder.</summary>
    public void Dispose() => _lock.Dispose();
}
