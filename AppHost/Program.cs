Console.WriteLine("MlKit");
