namespace Aspire.Hosting.ApplicationModel;

/// <summary>A file or folder that a container gets before it starts.</summary>
public abstract class ContainerFileSystemItem
{
    private string? _name;

    /// <summary>The name, without a path.</summary>
    /// <exception cref="ArgumentException">It holds a path.</exception>
    public string Name
    {
        get => _name ?? "";
        set => _name = value == Path.GetFileName(value) && value is not ("" or "." or "..")
            ? value
            : throw new ArgumentException($"Name '{value}' must be a simple file or folder name and not include any path segments.", nameof(value));
    }

    /// <summary>The id of the user that owns it; the default is the one of the call that adds it.</summary>
    public int? Owner { get; set; }

    /// <summary>The id of the group that owns it; the default is the one of the call that adds it.</summary>
    public int? Group { get; set; }

    /// <summary>The rights; 0 follows from the umask of the call that adds it.</summary>
    public UnixFileMode Mode { get; set; }
}

/// <summary>A folder that a container gets before it starts.</summary>
public sealed class ContainerDirectory : ContainerFileSystemItem
{
    /// <summary>What is in it.</summary>
    public IEnumerable<ContainerFileSystemItem> Entries { get; set; } = [];

    /// <summary>The files of a folder of this machine, with those of its sub-folders where asked for.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="searchPattern">Which names are taken.</param>
    /// <param name="searchOptions">Whether sub-folders are taken too.</param>
    public static IEnumerable<ContainerFileSystemItem> GetFileSystemItemsFromPath(
        string path, string searchPattern = "*", SearchOption searchOptions = SearchOption.TopDirectoryOnly)
    {
        ArgumentNullException.ThrowIfNull(path);
        var full = Path.GetFullPath(path);
        if (File.Exists(full))
        {
            return [new ContainerFile { Name = Path.GetFileName(full), SourcePath = full }];
        }

        var files = Directory.EnumerateFiles(full, searchPattern).Select(ContainerFileSystemItem (file) => new ContainerFile { Name = Path.GetFileName(file), SourcePath = file });
        return searchOptions == SearchOption.TopDirectoryOnly
            ? [.. files]
            : [.. files, .. Directory.EnumerateDirectories(full)
                .Select(folder => new ContainerDirectory { Name = Path.GetFileName(folder), Entries = GetFileSystemItemsFromPath(folder, searchPattern, searchOptions) })
                .Where(folder => folder.Entries.Any())];
    }
}

/// <summary>A file that a container gets before it starts.</summary>
public sealed class ContainerFile : ContainerFileSystemItem
{
    /// <summary>Its content; null where it is copied from <see cref="SourcePath"/>.</summary>
    public string? Contents { get; set; }

    /// <summary>The absolute path of the file of this machine whose content it gets.</summary>
    public string? SourcePath { get; set; }
}

/// <summary>What a callback that makes files for a container works on.</summary>
public sealed class ContainerFileSystemCallbackContext
{
    /// <summary>The services of the application.</summary>
    public required IServiceProvider ServiceProvider { get; init; }

    /// <summary>The container.</summary>
    public required IResource Model { get; init; }
}

/// <summary>Files that a container gets before it starts.</summary>
public sealed class ContainerFileSystemCallbackAnnotation : IResourceAnnotation
{
    /// <summary>The folder inside the container.</summary>
    public required string DestinationPath { get; init; }

    /// <summary>The id of the user that owns the files; the default is 0.</summary>
    public int? DefaultOwner { get; init; }

    /// <summary>The id of the group that owns the files; the default is 0.</summary>
    public int? DefaultGroup { get; init; }

    /// <summary>The rights that files and folders do not get; the default is writing by others than the owner.</summary>
    public UnixFileMode? Umask { get; init; }

    /// <summary>Makes the files.</summary>
    public required Func<ContainerFileSystemCallbackContext, CancellationToken, Task<IEnumerable<ContainerFileSystemItem>>> Callback { get; init; }
}
