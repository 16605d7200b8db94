namespace MlKit.Tracking.Http;

/// <summary>
/// The name of a field as error messages give it, for example <c>metrics[3].key</c>. It is put together only when a
/// message needs it.
/// </summary>
/// <param name="Path">What comes before, or empty text.</param>
/// <param name="Index">The place in the list that <paramref name="Path"/> is, or -1 where it is no list.</param>
/// <param name="Name">The field itself.</param>
internal readonly record struct FieldName(string Path, int Index, string Name)
{
    public static implicit operator FieldName(string name) => new("", -1, name);

    public override string ToString() => Index < 0
        ? Path + Name
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Path}[{Index}].{Name}");
}
