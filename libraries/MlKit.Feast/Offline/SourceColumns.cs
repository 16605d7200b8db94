namespace MlKit.Feast;

/// <summary>Names of columns in a view's files: the source's field mapping, read backwards.</summary>
internal sealed class SourceColumns
{
    private readonly Dictionary<string, string> _inFile = new(StringComparer.Ordinal);

    public SourceColumns(CatalogView view)
    {
        foreach (var (inFile, name) in view.BatchSource?.FieldMapping ?? [])
        {
            _inFile[name] = inFile;
        }
    }

    /// <summary>The file's name of a feature or join key.</summary>
    public string InFile(string name) => _inFile.GetValueOrDefault(name, name);
}
