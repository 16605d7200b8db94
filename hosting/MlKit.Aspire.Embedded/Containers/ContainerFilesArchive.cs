using System.Formats.Tar;
using System.Text;
using Aspire.Hosting.ApplicationModel;

namespace MlKit.Aspire.Embedded.Containers;

/// <summary>Writes the files of a container as the archive that the engine's <c>cp</c> unpacks at its root.</summary>
internal sealed class ContainerFilesArchive(ContainerFileSystemCallbackAnnotation defaults)
{
    private const UnixFileMode FileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode FolderMode = FileMode | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const UnixFileMode DefaultUmask = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Writes all entries below the destination.</summary>
    public async Task WriteAsync(Stream stream, IEnumerable<ContainerFileSystemItem> entries, CancellationToken cancellationToken)
    {
        await using var tar = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true);
        await WriteAllAsync(tar, entries, defaults.DestinationPath.Trim('/'), cancellationToken);
    }

    private async Task WriteAllAsync(TarWriter tar, IEnumerable<ContainerFileSystemItem> entries, string folder, CancellationToken cancellationToken)
    {
        foreach (var item in entries)
        {
            var path = folder.Length == 0 ? item.Name : $"{folder}/{item.Name}";
            if (item is ContainerDirectory directory)
            {
                await tar.WriteEntryAsync(Entry(TarEntryType.Directory, path + "/", item, FolderMode), cancellationToken);
                await WriteAllAsync(tar, directory.Entries, path, cancellationToken);
            }
            else if (item is ContainerFile file)
            {
                var entry = Entry(TarEntryType.RegularFile, path, item, FileMode);
                await using var content = file.SourcePath is { } source ? File.OpenRead(source) : (Stream)new MemoryStream(Encoding.UTF8.GetBytes(file.Contents ?? ""));
                entry.DataStream = content;
                await tar.WriteEntryAsync(entry, cancellationToken);
            }
        }
    }

    private PaxTarEntry Entry(TarEntryType type, string path, ContainerFileSystemItem item, UnixFileMode all) => new(type, path)
    {
        Mode = item.Mode != 0 ? item.Mode : all & ~(defaults.Umask ?? DefaultUmask),
        Uid = item.Owner ?? defaults.DefaultOwner ?? 0,
        Gid = item.Group ?? defaults.DefaultGroup ?? 0,
    };
}
